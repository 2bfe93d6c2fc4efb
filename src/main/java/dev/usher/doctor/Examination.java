package dev.usher.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.usher.token.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The bean {@code examination}, which the routes {@code examine-…} and the kamelet {@code probe-action} call: it gets the
 * token, wraps the answer for {@code examine.jq}, and writes down what that says.
 */
@Component("examination")
public final class Examination {

    /** Below this a certificate is to be renewed. */
    private static final Duration SOON = Duration.ofDays(30);

    private final Tokens tokens;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    Examination(Tokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Gets a token of the registration that the variable {@code registration} names, into the variable {@code
     * authorization}; the variable {@code claims} gets what stands in it, as JSON, {@code {}} for one that cannot be read.
     * Without a token the route ends here.
     */
    public void token(Exchange exchange) {
        var chart = Chart.of(exchange);
        var name = exchange.getVariable("registration", String.class);
        var key = "usher.tokens." + name;
        try {
            var token = tokens.bearer(name);
            exchange.setVariable("authorization", "Bearer " + token);
            exchange.setVariable("claims", claims(token));
            chart.add(Sign.good(chart.system(), "a token is given for " + key));
            certificate(chart, key, tokens.certificates().get(name));
        } catch (HttpOperationFailedException e) {
            var codes = String.valueOf(e.getStatusText());
            chart.add(
                    e.getStatusCode() >= 500 || e.getStatusCode() == 429
                            ? Sign.unreachable(
                                    chart.system(),
                                    "the token endpoint answered " + e.getStatusCode(),
                                    "try again in a minute")
                            : Sign.bad(
                                    chart.system(),
                                    "the token endpoint refuses " + key + ": " + codes,
                                    TokenMends.of(codes, key)));
            exchange.setRouteStop(true);
        } catch (IOException e) {
            chart.add(Sign.unreachable(
                    chart.system(),
                    String.valueOf(e.getMessage()),
                    "correct " + key + ".authority or token-url, or open the way to it (DNS, proxy, firewall)"));
            exchange.setRouteStop(true);
        }
    }

    private void certificate(Chart chart, String key, @Nullable Instant ends) {
        if (ends == null) {
            return;
        }
        var day = ends.toString().substring(0, 10);
        chart.add(
                ends.isBefore(clock.instant().plus(SOON))
                        ? Sign.bad(
                                chart.system(),
                                "the certificate of " + key + " ends on " + day,
                                "make a new one, add it to the app registration, then put it in place of the old one")
                        : Sign.good(chart.system(), "the certificate of " + key + " holds until " + day));
    }

    /** The middle part of a JWT. Usher never decides by it: it is only shown to whoever asks what may be missing. */
    private static String claims(String token) {
        try {
            var parts = token.split("\\.", -1);
            return parts.length == 3 && parts[0].startsWith("ey")
                    ? new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                    : "{}";
        } catch (IllegalArgumentException e) {
            return "{}";
        }
    }

    /** The day, as {@code 2026-03-02}, before which nothing should end. */
    public String soon() {
        return clock.instant().plus(SOON).toString().substring(0, 10);
    }

    /** An id of 32 hex digits with its dashes, as Graph asks for it; anything else as it is. */
    public String guid(String id) {
        return id.strip().replaceFirst("^(\\w{8})(\\w{4})(\\w{4})(\\w{4})(\\w{12})$", "$1-$2-$3-$4-$5");
    }

    /** The value of {@code Authorization} for a user name and password. */
    public String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Wraps the answer to a call: {@code {"probe", "status", "body", "error"}}. The body is JSON, or text; status is 0 when
     * there was no answer, and {@code error} then says why. The variable {@code probe} names the call.
     */
    public void answered(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        int status = failure == null ? exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class) : 0;
        var answer = JsonNodeFactory.instance
                .objectNode()
                .put("probe", exchange.getVariable("probe", "", String.class))
                .put("status", status)
                .put("error", failure == null ? null : words(failure));
        answer.set("body", failure == null ? parsed(exchange.getMessage().getBody(String.class)) : null);
        if (failure == null) {
            skew(Chart.of(exchange), exchange.getMessage().getHeader("Date", String.class));
        }
        exchange.setVariable("answer", answer.toString());
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(answer);
    }

    private static String words(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private JsonNode parsed(@Nullable String body) {
        try {
            return json.readTree(body == null ? "" : body);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(body == null ? "" : body);
        }
    }

    /** A Date header has whole seconds. */
    private void skew(Chart chart, @Nullable String date) {
        if (date == null) {
            return;
        }
        try {
            var theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            chart.addSkew(Duration.between(clock.instant(), theirs));
        } catch (DateTimeException e) {
            // a date that cannot be read tells nothing of the clock
        }
    }

    /**
     * Writes down what {@code examine.jq} said, which is in the body: {@code {"good", "what", "mend"}}, a list of those, or
     * null, for which the general rule speaks: 2xx is good, and no answer, 429 and 5xx say nothing but that. The variable
     * {@code address} says where the call went.
     */
    public void note(Exchange exchange) throws JsonProcessingException {
        var chart = Chart.of(exchange);
        var said = exchange.getMessage().getBody(JsonNode.class);
        if (said == null || said.isNull() || said.isMissingNode()) {
            chart.add(general(
                    chart.system(),
                    json.readTree(exchange.getVariable("answer", "{}", String.class)),
                    exchange.getVariable("address", "", String.class)));
        } else if (said.isArray()) {
            said.forEach(one -> chart.add(sign(chart.system(), one)));
        } else {
            chart.add(sign(chart.system(), said));
        }
    }

    private static Sign sign(String system, JsonNode said) {
        var good = said.path("good");
        var mend = said.path("mend").asText("");
        var state = good.isNull() || good.isMissingNode()
                ? Sign.State.NOTE
                : good.asBoolean() ? Sign.State.GOOD : Sign.State.BAD;
        return new Sign(system, state, said.path("what").asText(), mend.isEmpty() ? null : mend);
    }

    private static Sign general(String system, JsonNode answer, String address) {
        var status = answer.path("status").asInt();
        var probe = answer.path("probe").asText();
        if (status == 0) {
            return Sign.unreachable(
                    system,
                    address + " does not answer (" + answer.path("error").asText() + ")",
                    "correct the address, or open the way to it (DNS, proxy, firewall)");
        }
        if (status == 429 || status >= 500) {
            return Sign.unreachable(system, probe + " was answered " + status, "try again in a minute");
        }
        return status < 300
                ? Sign.good(system, probe + " can be read")
                : Sign.bad(
                        system,
                        probe + " was answered " + status,
                        "see the vendor's documentation of this answer, and say in examine.jq what it means");
    }
}
