package dev.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.console.Browser;
import dev.usher.scenario.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;

/** Hawtio on the management port: seen in a browser, and Jolokia behind it asked for what it must not tell. */
class HawtioTest {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final List<String> SECRETS = List.of(
            "rk_test_sandbox", "sandbox0key", "sandbox-client-secret", "sandbox-consumer-secret", Product.NEW_SECRET);

    private static final Pattern STATISTICS = Pattern.compile("<(route|processor)Stat id=\"([^\"]*)\"");

    /**
     * Whether a node of this id is drawn. Not where: Hawtio 5.2 lays a route out together with the nodes of what it drew
     * before it.
     */
    private static final String DRAWN = "return [...document.querySelectorAll('.react-flow__node')]"
            + ".some(node => node.textContent.includes('(ID: ' + arguments[0] + ')'))";

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
        browser.until("the route " + route, LONGEST, () -> tree(browser, route) != null);
        tree(browser, route).click();
        press(browser, "Route Diagram");
        browser.until(
                "the diagram of " + route,
                LONGEST,
                () -> Boolean.TRUE.equals(((JavascriptExecutor) browser.driver()).executeScript(DRAWN, node)));
    }

    private static void signIn(Browser browser) {
        browser.go("/actuator/hawtio/");
        assertThat(browser.path()).isEqualTo("/sign-in");
        browser.write("username", Product.OPERATOR)
                .write("password", Product.PASSWORDS.get(Product.OPERATOR))
                .press("Sign in");
        browser.until("back at Hawtio", LONGEST, () -> browser.path().startsWith("/actuator/hawtio"));
    }

    /** Opens the folder of the destinations' routes alone: the whole tree is drawn for half a minute. */
    private static void expand(Browser browser) {
        browser.go("/actuator/hawtio/camel/routes"); // without "routes" the diagram of all routes is drawn, for 20 s
        browser.until("the routes, by folder", LONGEST, () -> tree(browser, "destinations") != null);
        browser.driver()
                .findElement(
                        By.xpath("//li[contains(@id, '-routes-destinations-')]//button[contains(@class, 'toggle')]"))
                .click();
        browser.until("the routes of a folder", LONGEST, () -> tree(browser, "pace-sql") != null);
    }

    /** Presses what has this text, when it is there. */
    private static void press(Browser browser, String text) {
        var xpath = By.xpath("//*[self::a or self::button][normalize-space()='" + text + "']");
        browser.until(text, LONGEST, () -> {
            browser.driver().findElement(xpath).click();
            return true;
        });
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
            draws(browser, "deliver-sql", "recall");
            browser.picture(Path.of("target", "pictures", "hawtio-diagram.png"));
            assertThat(browser.find("body").getText()).contains("Route Diagram", "deliver-sql");
        }
    }

    @Test
    void theWayOfAMessageIsSeenInTheTraceTabAndNothingOfWhatItHolds() {
        product.reset();
        try (var browser = Browser.visitor(product.management())) {
            signIn(browser);
            expand(browser);
            draws(browser, "deliver-sql", "recall");
            press(browser, "Trace");
            press(browser, "Start Tracing");
            browser.until(
                    "it traces", LONGEST, () -> browser.find("body").getText().contains("Stop Tracing"));

            var id = signUp();

            assertThat(product.control("GET", "/systems/sql/records", null).toString())
                    .contains(PLANTED);
            browser.until(
                    "steps of the message",
                    LONGEST,
                    () -> browser.find("[aria-label='message table']").getText().contains("recall"));
            // the step at which a message still has its headers; later ones keep what they need in variables
            browser.driver()
                    .findElement(By.xpath(
                            "//*[@aria-label='message table']//tr[contains(normalize-space(), 'recall')]//button"))
                    .click();
            browser.until(
                    "the message", LONGEST, () -> browser.find("body").getText().contains("usherSubject"));
            browser.picture(Path.of("target", "pictures", "hawtio-trace.png"));
            assertThat(browser.find("body").getText()).contains(id);
            assertNothingOfAnybody(browser.find("body").getDomProperty("textContent"));
            press(browser, "Stop Tracing");
            browser.until("it is off", LONGEST, () -> !isTracing());
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

    /** 7 MB are sent without it, whenever a page of Hawtio is loaded. */
    @Test
    void eachKindOfMBeanIsDescribedOnce() {
        var told = ask("list", "config", Map.of("listCache", true)).path("value");

        assertThat(told.at("/cache/org.apache.camel.management.mbean.ManagedBeanProcessor/attr/ExchangesTotal/desc")
                        .asText())
                .isNotBlank();
        for (var domain : List.of("org.apache.camel", "org.apache.activemq.artemis")) {
            assertThat(told.path("domains").path(domain))
                    .isNotEmpty()
                    .allSatisfy(description -> assertThat(told.path("cache").has(description.asText()))
                            .isTrue());
        }
        assertThat(told.toString()).hasSizeLessThan(1_000_000);
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
    void theFiguresOfAQueueAreSeenInABrowserAndItsMessageIsNot() {
        product.reset();
        product.hold("sql");
        try (var browser = Browser.visitor(product.management())) {
            signUp();
            signIn(browser);
            browser.go("/actuator/hawtio/jmx");
            browser.until(
                    "the tree",
                    LONGEST,
                    () -> !browser.all("input[type='search']").isEmpty());
            browser.find("input[type='search']").sendKeys("deliver.sql");
            var nodes = By.xpath("//*[contains(@class, 'tree-view__node-text')][normalize-space()='deliver.sql']");
            // the folder of the address, the queue in it, the address itself
            browser.until(
                    "the queue",
                    LONGEST,
                    () -> browser.driver().findElements(nodes).size() == 3);
            browser.driver().findElements(nodes).get(1).click();
            browser.until(
                    "the figures of the queue",
                    LONGEST,
                    () -> browser.find("body").getText().contains("ConsumerCount"));
            browser.picture(Path.of("target", "pictures", "hawtio-queue.png"));
            assertThat(browser.find("body").getText())
                    .containsPattern("(?m)^MessageCount\\s+1$")
                    .contains("Reading attribute FirstMessageAsJSON is forbidden");
            assertNothingOfAnybody(browser.find("body").getDomProperty("textContent"));
        } finally {
            product.release("sql");
        }
    }

    private static String idInFile(JsonNode step) {
        var prefix = step.path("NodePrefixId").asText("");
        var id = step.path("ProcessorId").asText();
        return id.startsWith(prefix) ? id.substring(prefix.length()) : id;
    }

    /** Each step of each route once, also those that several routes share, which JMX knows only once. */
    @Test
    void theFiguresOfEveryStepAreToldAtOnce() {
        product.reset();
        signUp();

        var context = names("org.apache.camel:type=context,*").get(0);
        var figures = ask(
                        "exec", "mbean", context, "operation", "dumpRoutesStatsAsXml", "arguments", List.of(true, true))
                .path("value")
                .asText();

        var told = new HashMap<String, String>();
        var route = "";
        for (var line : figures.lines().toList()) {
            var found = STATISTICS.matcher(line);
            if (!found.find()) {
                continue;
            }
            if (found.group(1).equals("route")) {
                route = found.group(2);
            } else {
                assertThat(told.put(route + " " + found.group(2), line))
                        .describedAs(line)
                        .isNull();
            }
        }
        var steps = ask(
                        "read",
                        "mbean",
                        "org.apache.camel:type=processors,*",
                        "attribute",
                        List.of("RouteId", "NodePrefixId", "ProcessorId"))
                .path("value");
        assertThat(steps).hasSizeGreaterThan(300);
        assertThat(steps)
                .allSatisfy(step ->
                        assertThat(told).containsKey(step.path("RouteId").asText() + " " + idInFile(step)));
        assertThat(told.get("deliver-sql recall"))
                .contains("exchangesFailed=\"0\"")
                .doesNotContain("exchangesCompleted=\"0\"");
        assertThat(told.keySet()).contains("deliver-sql settle", "deliver-stripe settle");
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
