package dev.usher.security;

import dev.usher.scenario.Product;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Somebody with a browser of their own: cookies, and no page that is followed by itself. */
final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI base;

    Visitor(URI base) {
        this.base = base;
    }

    /** @param headers names and values by turns */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path)).method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> page(String path) {
        return get(path, "Accept", "text/html");
    }

    /** Posts a form with the token of the page that holds it. */
    HttpResponse<String> submit(String path, String form, String... headers) {
        var all = new String[headers.length + 4];
        System.arraycopy(headers, 0, all, 4, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/x-www-form-urlencoded";
        all[2] = "Accept";
        all[3] = "text/html";
        return send("POST", path, form, all);
    }

    /** The token of a page, masked as it stands there. */
    String token(String page) {
        var found = TOKEN.matcher(page(page).body());
        if (!found.find()) {
            throw new AssertionError("there is no token on " + page);
        }
        return encoded(found.group(1));
    }

    HttpResponse<String> signIn(String name, String password) {
        return submit(
                "/sign-in",
                "username=" + encoded(name) + "&password=" + encoded(password) + "&_csrf=" + token("/sign-in"));
    }

    Visitor signedIn(String name) {
        var answer = signIn(name, Product.PASSWORDS.get(name));
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("why=")) {
            throw new AssertionError("the sign-in of " + name + " was answered " + answer.statusCode() + " "
                    + answer.headers().map());
        }
        return this;
    }

    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
