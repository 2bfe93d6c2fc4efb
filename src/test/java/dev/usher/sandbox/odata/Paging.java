package dev.usher.sandbox.odata;

import dev.usher.sandbox.server.Call;
import io.undertow.util.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Page sizes and the links from page to page. */
public final class Paging {
    private Paging() {}

    /** @throws IllegalArgumentException with Graph's words when it is out of range */
    public static int top(Map<String, String> query, int standard, int largest) {
        String top = query.get("$top");
        if (top == null) {
            return standard;
        }
        if (!top.matches("\\d{1,6}") || Integer.parseInt(top) < 1 || Integer.parseInt(top) > largest) {
            throw new IllegalArgumentException(
                    "Invalid page size specified: '" + top + "'. Must be between 1 and " + largest + " inclusive.");
        }
        return Integer.parseInt(top);
    }

    /** The place a page begins after. @throws IllegalArgumentException when the token is none of ours */
    public static Optional<String> place(Map<String, String> query) {
        String token = query.get("$skiptoken");
        if (token == null) {
            return Optional.empty();
        }
        String place = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
        if (!place.matches("[0-9_-]+")) {
            throw new IllegalArgumentException("The skip token is invalid.");
        }
        return Optional.of(place);
    }

    /** The same query from another place on, at the host the caller used. */
    public static String nextLink(Call call, String place) {
        String token =
                Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
        String options = call.query().entrySet().stream()
                .filter(option -> !option.getKey().equals("$skiptoken"))
                .map(option -> option.getKey() + "=" + encoded(option.getValue()) + "&")
                .collect(Collectors.joining());
        return base(call) + call.path() + "?" + options + "$skiptoken=" + token;
    }

    public static String base(Call call) {
        return "http://" + call.header(Headers.HOST);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
