package dev.usher.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.scenario.Product;
import dev.usher.scenario.RunningUsher;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes pictures of the pages, wide and as on a phone, light and dark, while Stripe fails and a delivery to the database is
 * parked. They are for looking at, in target/pictures: {@code mvn test -Dtest=Pictures}.
 */
@ExtendWith(RunningUsher.class)
class Pictures {

    private static final List<String> PAGES = List.of(
            "/",
            "/people",
            "/people/{person}",
            "/dead-letters",
            "/dead-letters/list",
            "/dead-letters/all?action=replay",
            "/sources",
            "/audit",
            "/sandbox",
            "/no-such-page");

    @Test
    void pages(Product product) {
        product.reset();
        var person = signUp(product, 0);
        for (int i = 1; i < 12; i++) {
            signUp(product, i);
        }
        product.registerWebhook();
        product.quiet();
        product.reconcile(JsonNodeFactory.instance.objectNode().put("mode", "dry-run"));
        picturesOf(product, person, "well");
        picturesOfOthers(product, person);

        product.control(
                "PUT",
                "/systems/stripe/faults",
                JsonNodeFactory.instance.objectNode().put("status", 503));
        product.control(
                "PUT",
                "/systems/salesforce/faults",
                JsonNodeFactory.instance.objectNode().put("status", 400));
        for (int i = 12; i < 17; i++) {
            signUp(product, i);
        }
        product.poll();
        try (var browser = Browser.open(product.console())) {
            browser.go("/").says("stripe has not answered").says("given up");
        }
        picturesOf(product, person, "ill");
        product.reset();
    }

    private static String signUp(Product product, int number) {
        return product.control(
                        "POST",
                        "/sign-ups",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("email", "ada" + number + "@example.org")
                                .put("givenName", "Ada")
                                .put("surname", "Lovelace")
                                .put("marketingConsent", number % 2 == 0))
                .path("userId")
                .asText();
    }

    /** What is no page of its own: the way in, and the answer to a dry run, before which the user was renamed. */
    private static void picturesOfOthers(Product product, String person) {
        var folder = Path.of("target", "pictures");
        product.control(
                "PATCH",
                "/users/" + person,
                JsonNodeFactory.instance.objectNode().put("surname", "King"));
        for (var width : List.of(Browser.WIDE, Browser.PHONE)) {
            try (var stranger = Browser.visitor(product.console())) {
                stranger.width(width).go("/sign-in");
                stranger.picture(folder.resolve("sign-in-" + width + "-light.png"));
            }
            try (var browser = Browser.open(product.console())) {
                browser.width(width).go("/people/" + person).press("Dry run").says("Would hold");
                browser.picture(folder.resolve("dry-run-" + width + "-light.png"));
            }
        }
    }

    private static void picturesOf(Product product, String person, String when) {
        var folder = Path.of("target", "pictures");
        try (var browser = Browser.open(product.console())) {
            for (var width : List.of(Browser.WIDE, Browser.PHONE)) {
                for (var scheme : List.of("light", "dark")) {
                    browser.width(width);
                    var coloured = scheme.equals("dark") ? browser.dark() : browser.light();
                    for (var page : PAGES) {
                        var name = page.equals("/")
                                ? "overview"
                                : page.substring(1)
                                        .replaceAll("[?].*", "")
                                        .replace("/{person}", "-one")
                                        .replace('/', '-');
                        coloured.go(page.replace("{person}", person)).settle();
                        browser.picture(folder.resolve(name + "-" + when + "-" + width + "-" + scheme + ".png"));
                    }
                }
            }
        }
    }
}
