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
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;

/** Hawtio on the management port: seen in a browser, and Jolokia behind it asked for what it must not tell. */
class HawtioTest {

    private static final Duration LONGEST = Duration.ofSeconds(90);
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

    /** The entry of Hawtio's tree with this text; null when it is not there. */
    private static WebElement tree(Browser browser, String text) {
        return browser
                .driver()
                .findElements(By.xpath("//*[contains(@class, 'tree-view__node')][normalize-space()='" + text + "']"))
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Chooses a route, and waits until its diagram shows this node. */
    private static void draws(Browser browser, String route, String node) {
        await("the route " + route).atMost(LONGEST).until(() -> tree(browser, route) != null);
        tree(browser, route).click();
        await("the diagram of " + route)
                .atMost(LONGEST)
                .ignoreException(StaleElementReferenceException.class)
                .until(() -> browser.all(".react-flow__node").stream()
                        .anyMatch(drawn -> drawn.getText().contains(node)));
    }

    private static void signIn(Browser browser) {
        browser.go("/actuator/hawtio/");
        assertThat(browser.path()).isEqualTo("/sign-in");
        browser.write("username", Product.OPERATOR)
                .write("password", Product.PASSWORDS.get(Product.OPERATOR))
                .press("Sign in");
        await("back at Hawtio").atMost(LONGEST).until(() -> browser.path().startsWith("/actuator/hawtio"));
    }

    /** Opens the tree of the routes. */
    private static void expand(Browser browser) {
        browser.go("/actuator/hawtio/camel");
        await("the routes, by folder").atMost(LONGEST).until(() -> tree(browser, "destinations") != null);
        browser.driver()
                .findElement(By.xpath("//button[normalize-space()='Expand all']"))
                .click();
        await("the routes of a folder").atMost(LONGEST).until(() -> tree(browser, "pace-sql") != null);
    }

    private static final String PLANTED = "Plantagenet";

    /** Somebody signs up whose name must be seen nowhere. @return the user's id */
    private static String signUp() {
        var person = JsonNodeFactory.instance
                .objectNode()
                .put("email", PLANTED.toLowerCase(Locale.ROOT) + "@example.org")
                .put("givenName", PLANTED)
                .put("surname", PLANTED);
        var id = product.control("POST", "/sign-ups", person).path("userId").asText();
        product.quiet();
        return id;
    }

    private static void assertNothingOfAnybody(String told) {
        assertThat(told.toLowerCase(Locale.ROOT)).doesNotContain(PLANTED.toLowerCase(Locale.ROOT), "eyj", "bearer");
        assertThat(SECRETS).noneMatch(told::contains);
    }

    @Test
    void theRoutesAreSeenByFolderAfterTheSignInOfTheConsole() {
        try (var browser = Browser.visitor(product.management())) {
            signIn(browser);

            expand(browser);
            draws(browser, "pace-sql", "pace");
            browser.picture(Path.of("target", "pictures", "hawtio-diagram.png"));
            assertThat(browser.find("body").getText()).contains("Route Diagram", "deliver-sql");
        }
    }

    private static String tracer() {
        return names("org.apache.camel:type=tracer,*").get(0);
    }

    private static boolean isTracing() {
        return ask("read", "mbean", tracer(), "attribute", "Enabled")
                .path("value")
                .asBoolean();
    }

    private static JsonNode trace(String operation, Object... arguments) {
        return ask("exec", "mbean", tracer(), "operation", operation, "arguments", List.of(arguments));
    }

    @Test
    void aTraceTellsStepsAndIdsAndNothingElseWhateverIsAsked() {
        product.reset();
        assertThat(isTracing()).isFalse();
        for (var attribute : List.of("BodyMaxChars", "BodyIncludeStreams", "BodyIncludeFiles")) {
            var value = attribute.equals("BodyMaxChars") ? (Object) 10_000 : true;
            assertThat(ask("write", "mbean", tracer(), "attribute", attribute, "value", value)
                            .path("status")
                            .asInt())
                    .isEqualTo(200);
        }
        trace("setEnabled", true);
        assertThat(isTracing()).isTrue();

        var id = signUp();

        var told = trace("dumpAllTracedMessagesAsXml()").path("value").asText();
        assertThat(told).contains(id, "deliver-sql", "deliver-stripe", "usherSubject", "[not shown]");
        assertThat(told.split("<backlogTracerEventMessage>")).hasSizeBetween(10, 501);
        assertNothingOfAnybody(told);
        assertThat(trace("dumpAllTracedMessagesAsXml()").path("value").asText()).doesNotContain(id);
        trace("setEnabled", false);
        assertThat(isTracing()).isFalse();
    }

    @Test
    void camelsOwnTracerCannotBeAsked() {
        assertThat(names("org.apache.camel:*").stream().filter(name -> name.contains("BacklogTracer")))
                .hasSize(1);
        for (var operation : List.of(
                "dumpAllTracedMessages()",
                "dumpAllTracedMessagesAsJSon()",
                "dumpTracedMessagesAsXml(java.lang.String)",
                "dumpLatestMessageHistoryAsXml()",
                "setBacklogSize(int)",
                "setTraceFilter(java.lang.String)")) {
            assertThat(trace(operation, "x").path("status").asInt())
                    .describedAs(operation)
                    .isEqualTo(403);
        }
        var endpoint = names("org.apache.camel:type=endpoints,*").get(0);
        assertThat(ask("exec", "mbean", endpoint, "operation", "browseAllMessagesAsXml(java.lang.Boolean)")
                        .path("status")
                        .asInt())
                .isEqualTo(403);
    }

    private static String queue() {
        return names("org.apache.activemq.artemis:*").stream()
                .filter(name -> name.contains("subcomponent=queues") && name.contains("\"deliver.sql\""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theQueuesOfTheBrokerAreShownWithTheirFiguresAndWithoutTheirMessages() {
        product.reset();
        product.hold("sql");
        try {
            signUp();

            assertThat(ask("read", "mbean", queue(), "attribute", "MessageCount")
                            .path("value")
                            .asInt())
                    .isOne();
            assertThat(ask("read", "mbean", queue(), "attribute", "FirstMessageAsJSON")
                            .path("status")
                            .asInt())
                    .isEqualTo(403);
            assertNothingOfAnybody(ask("read", "mbean", queue()).toString());
            for (var operation : List.of(
                    "browse()",
                    "getFirstMessageAsJSON()",
                    "listMessagesAsJSON(java.lang.String)",
                    "removeAllMessages()",
                    "pause()")) {
                assertThat(ask("exec", "mbean", queue(), "operation", operation)
                                .path("status")
                                .asInt())
                        .describedAs(operation)
                        .isEqualTo(403);
            }
        } finally {
            product.release("sql");
        }
    }

    @Test
    void everyRouteHasItsGroupAndItsDescription() {
        var routes = names("org.apache.camel:type=routes,*");

        assertThat(routes).hasSizeGreaterThan(20);
        for (var route : routes) {
            var values = ask("read", "mbean", route).path("value");
            assertThat(values.path("Description").asText()).describedAs(route).isNotBlank();
            assertThat(values.path("RouteGroup").asText())
                    .describedAs(route)
                    .isIn("sources", "router", "destinations", "operations", "shared");
        }
    }

    @Test
    void whatIsNotOnTheListIsRefused() {
        var context = names("org.apache.camel:type=context,*").get(0);
        var route = names("org.apache.camel:type=routes,*").get(0);
        for (var operation : List.of(
                "stop()",
                "addOrUpdateRoutesFromXml(java.lang.String)",
                "sendBody(java.lang.String,java.lang.Object)",
                "sendStringBody(java.lang.String,java.lang.String)",
                "requestBody(java.lang.String,java.lang.Object)",
                "dumpRoutesAsXml(boolean,boolean)",
                "dumpRoutesAsYaml(boolean)",
                "createEndpoint(java.lang.String)",
                "suspend()",
                "getGlobalOption(java.lang.String)")) {
            assertThat(ask("exec", "mbean", context, "operation", operation)
                            .path("status")
                            .asInt())
                    .describedAs(operation)
                    .isEqualTo(403);
        }
        for (var operation :
                List.of("stop()", "remove()", "updateRouteFromXml(java.lang.String)", "dumpRouteAsXml(boolean)")) {
            assertThat(ask("exec", "mbean", route, "operation", operation)
                            .path("status")
                            .asInt())
                    .describedAs(operation)
                    .isEqualTo(403);
        }
        assertThat(ask("write", "mbean", context, "attribute", "Tracing", "value", true)
                        .path("status")
                        .asInt())
                .isEqualTo(403);
        assertThat(ask("read", "mbean", "java.lang:type=Runtime", "attribute", "SystemProperties")
                        .path("status")
                        .asInt())
                .isEqualTo(403);
        assertThat(ask("exec", "mbean", "com.sun.management:type=DiagnosticCommand", "operation", "vmSystemProperties")
                        .path("status")
                        .asInt())
                .isEqualTo(403);
        assertThat(ask("exec", "mbean", "java.util.logging:type=Logging", "operation", "getLoggerLevel")
                        .path("status")
                        .asInt())
                .isEqualTo(403);
        assertThat(ask("notification", "command", "register").at("/value/backend"))
                .describedAs("ways to be told of events, which the list does not reach")
                .isEmpty();
    }

    @Test
    void nothingThatMayBeReadHoldsASecret() {
        var told = new StringBuilder();
        for (var pattern : List.of("org.apache.camel:*", "org.apache.activemq.artemis:*")) {
            for (var name : names(pattern)) {
                told.append(ask("read", "mbean", name));
            }
        }
        var context = names("org.apache.camel:type=context,*").get(0);
        told.append(ask("exec", "mbean", context, "operation", "dumpRoutesAsXml()"));

        assertThat(told.length()).isGreaterThan(100_000);
        assertThat(SECRETS).noneMatch(secret -> told.indexOf(secret) >= 0);
    }
}
