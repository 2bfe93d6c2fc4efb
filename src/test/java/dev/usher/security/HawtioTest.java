package dev.usher.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.console.Browser;
import dev.usher.scenario.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Hawtio on the management port: seen in a browser, and Jolokia behind it asked for what it must not tell. */
class HawtioTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final List<String> SECRETS = List.of(
            "rk_test_sandbox", "sandbox0key", "sandbox-client-secret", "sandbox-consumer-secret", Product.NEW_SECRET);

    private static Product product;

    @BeforeAll
    static void start() throws IOException {
        product = Product.start("hawtio", Map.of("spring.jmx.enabled", "true"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static JsonNode ask(String type, Object... members) {
        var request = JsonNodeFactory.instance.objectNode().put("type", type);
        for (int i = 0; i < members.length; i += 2) {
            request.putPOJO(members[i].toString(), members[i + 1]);
        }
        return product.call(
                        product.management().resolve("/actuator/jolokia"),
                        "POST",
                        request.toString(),
                        Map.of("Content-Type", "application/json"))
                .body();
    }

    private static List<String> names(String pattern) {
        var names = new ArrayList<String>();
        ask("search", "mbean", pattern).path("value").forEach(name -> names.add(name.asText()));
        return names;
    }

    @Test
    void theDiagramOfARouteIsSeenAfterTheSignInOfTheConsole() {
        try (var browser = Browser.visitor(product.management())) {
            browser.go("/actuator/hawtio/");
            assertThat(browser.path()).isEqualTo("/sign-in");
            browser.write("username", Product.OPERATOR)
                    .write("password", Product.PASSWORDS.get(Product.OPERATOR))
                    .press("Sign in");
            await("back at Hawtio").atMost(LONGEST).until(() -> browser.path().startsWith("/actuator/hawtio"));

            browser.go(
                    "/actuator/hawtio/camel/routeDiagram?nid=org.apache.camel-hawtio-routes-destinations-deliver-stripe");
            browser.picture(Path.of("target", "pictures", "hawtio.png"));
            await("the tree of routes")
                    .atMost(LONGEST)
                    .until(() -> browser.driver().getPageSource().contains("deliver-stripe"));
            browser.picture(Path.of("target", "pictures", "hawtio-diagram.png"));
            System.out.println(browser.driver().getCurrentUrl());
            System.out.println(browser.complaints());
            System.out.println(browser.driver()
                    .findElements(By.cssSelector(".react-flow__node"))
                    .size());
            System.out.println(browser.find("body").getText());
        }
    }
}
