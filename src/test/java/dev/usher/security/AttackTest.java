package dev.usher.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.usher.console.Browser;
import dev.usher.scenario.Product;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** What a stranger, a viewer, a forger and a page of another site try. */
class AttackTest {

    private static final String CHANGE = """
        {"MessageName": "Update", "PrimaryEntityName": "contact", "Depth": 1,
         "PrimaryEntityId": "C0FFEE00-0000-4000-8000-000000000001",
         "OperationId": "0a000000-0000-4000-8000-000000000001", "OperationCreatedOn": "\\/Date(1772446522000)\\/",
         "InitiatingUserId": "0a000000-0000-4000-8000-000000000002", "SharedVariables": [],
         "InputParameters": []}\
        """;
    private static final String HOOK = "/hooks/dataverse/contacts";
    private static final int CONTACT_LIMIT = 1024 * 1024;

    private static Product product;

    @BeforeAll
    static void start() throws IOException {
        product = Product.start(
                "attack",
                Map.of(
                        "spring.jmx.enabled", "true",
                        "usher.hooks.body-time", "1s",
                        "usher.security.body-time", "1s",
                        // strangers come from addresses of their own, which the proxy before Usher names
                        "server.forward-headers-strategy", "native",
                        "usher.security.throttle.first", "1s",
                        "usher.security.throttle.longest", "2s",
                        "usher.security.sessions.per-user", "2"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void nothingIsKnown() {
        product.reset();
    }

    private static Visitor visitor() {
        return new Visitor(product.console());
    }

    private static Visitor manager() {
        return new Visitor(product.management());
    }

    // ------------------------------------------------------------------------------------- doors

    private static final Set<String> OPEN_TO_ALL =
            Set.of("/sign-in", "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");

    private static boolean mayBeOpen(String path) {
        return OPEN_TO_ALL.contains(path)
                || path.startsWith("/hooks/")
                || path.matches("/assets/[^/]+")
                || path.equals("/favicon.ico")
                || path.startsWith("/webjars/htmx.org/");
    }

    @Test
    void aStrangerReachesNothingButWebhooksHealthAndTheSignInPage() {
        var contexts = product.contexts();
        var paths = new TreeSet<String>();
        contexts.forEach(context -> paths.addAll(paths(context)));
        paths.addAll(List.of(
                "/",
                "/people",
                "/dead-letters",
                "/sources",
                "/sandbox",
                "/audit",
                "/api/openapi.json",
                "/error",
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/jolokia/version",
                "/actuator/hawtio/",
                "/actuator/hawtio/index.html",
                "/actuator/hawtio/proxy/127.0.0.1/8080/",
                "/actuator/hawtio/user",
                "/actuator/hawtio/auth/login",
                "/actuator/hawtio/jolokia/version",
                "/actuator/hawtio/plugin",
                "/actuator/health/db",
                "/jolokia",
                "/hawtio",
                "/h2-console",
                "/swagger-ui.html",
                "/v3/api-docs"));

        assertThat(contexts).hasSize(2);
        assertThat(paths).hasSizeGreaterThan(30).contains("/api/audit", "/people", "/actuator/masschange");
        var open = new ArrayList<String>();
        for (var door : List.of(visitor(), manager())) {
            for (var path : paths) {
                for (var method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")) {
                    var answer = door.send(method, path, "");
                    boolean refused = Set.of(400, 401, 403, 405).contains(answer.statusCode());
                    boolean reads = method.equals("GET") || method.equals("HEAD");
                    if (!refused && !(mayBeOpen(path) && (reads || path.startsWith("/hooks/")))) {
                        open.add(method + " " + path + " " + answer.statusCode());
                    }
                }
            }
        }
        assertThat(open).isEmpty();
    }

    /** Every pattern that some controller, endpoint or resource handler of this context answers to, made a path. */
    private static Set<String> paths(ApplicationContext context) {
        var paths = new TreeSet<String>();
        for (var mapping : BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class)
                .values()) {
            if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
                methods.getHandlerMethods()
                        .keySet()
                        .forEach(info -> info.getPatternValues().forEach(pattern -> paths.add(path(pattern))));
            } else if (mapping instanceof AbstractUrlHandlerMapping urls) {
                urls.getHandlerMap().keySet().forEach(pattern -> paths.add(path(pattern)));
            }
        }
        paths.remove("");
        return paths;
    }

    private static String path(String pattern) {
        var path = pattern.replaceAll("\\{[*]?[^}]*}", "x").replace("**", "x").replace("*", "x");
        return path.startsWith("/") ? path : "/" + path;
    }

    @Test
    void healthTellsAStrangerNoDetails() {
        assertThat(manager().get("/actuator/health").body()).doesNotContain("components", "details");
        assertThat(manager()
                        .get(
                                "/actuator/health",
                                "Authorization",
                                Visitor.basic(Product.VIEWER, password(Product.VIEWER)))
                        .body())
                .contains("components");
    }

    private static String password(String name) {
        return Product.PASSWORDS.get(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/hooks/..;/api/audit",
                "/hooks/../api/audit",
                "/hooks/%2e%2e/api/audit",
                "/hooks/..%2fapi/audit",
                "/hooks/%2e%2e%2fapi%2faudit",
                "/hooks//../api/audit",
                "//api/audit",
                "/api//audit",
                "/api/audit/",
                "/api/audit;x=.css",
                "/api/audit;/assets/usher.css",
                "/API/audit",
                "/api/%61udit",
                "/api/audit%00.css",
                "/api/audit%0a",
                "/api\\audit",
                "/sign-in/../api/audit",
                "/sign-in;/../api/audit",
                "/assets/../api/audit",
                "/assets/usher.css/../../api/audit",
                "/assets/%2e%2e/api/audit",
                "/webjars/htmx.org/../../api/audit",
                "/webjars/htmx.org/%2e%2e/%2e%2e/api/audit",
                "/actuator/health/../env",
                "/actuator/health/..;/masschange",
                "/actuator/health/liveness/../../masschange",
                "/actuator/health;/../jolokia",
                "/actuator/./masschange",
                "/./actuator/masschange"
            })
    void noSpellingOfAPathOpensADoor(String path) {
        for (var door : List.of(product.console(), product.management())) {
            var status = Raw.status(
                    door,
                    "GET " + path
                            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nConnection: close\r\n\r\n");

            assertThat(status).describedAs(path + " at " + door).isIn(0, 400, 401, 403, 404, 405);
            assertThat(status == 404 && !path.startsWith("/webjars") && !path.startsWith("/hooks"))
                    .describedAs("a stranger is told what is not there: " + path)
                    .isFalse();
        }
    }

    // ------------------------------------------------------------------------------------- roles, CSRF, sessions

    @Test
    void aViewerReadsAndChangesNothing() {
        var viewer = visitor().signedIn(Product.VIEWER);
        var token = viewer.token("/audit");

        assertThat(viewer.page("/audit").statusCode()).isEqualTo(200);
        assertThat(viewer.get("/api/audit").statusCode()).isEqualTo(200);
        for (var path : List.of(
                "/api/reconciliations",
                "/api/mass-changes/release",
                "/api/webhook",
                "/people/x/synchronise",
                "/people/x/plan",
                "/api/people/x/plan",
                "/sources/mass-change",
                "/sandbox/sign-ups")) {
            assertThat(viewer.submit(path, "_csrf=" + token).statusCode())
                    .describedAs(path)
                    .isEqualTo(403);
        }
        assertThat(viewer.get("/api/doctor").statusCode()).isEqualTo(403);
        assertThat(viewer.submit("/people", "query=x&_csrf=" + token).statusCode())
                .isLessThan(400);
        var basic = Visitor.basic(Product.VIEWER, password(Product.VIEWER));
        assertThat(visitor()
                        .send("POST", "/api/reconciliations", "{}", "Authorization", basic)
                        .statusCode())
                .isEqualTo(403);
        for (var path : List.of("/actuator/masschange", "/actuator/hawtio/", "/actuator/jolokia", "/actuator")) {
            assertThat(manager().get(path, "Authorization", basic).statusCode())
                    .describedAs(path)
                    .isEqualTo(403);
        }
    }

    private static final List<String> CHANGING = List.of("POST", "PUT", "PATCH", "DELETE");

    /** Method and path of every change on the main port that was answered otherwise than expected. */
    private static List<String> answeredOtherwise(Visitor visitor, int expected) {
        visitor.page("/sign-in");
        var token = visitor.cookie("XSRF-TOKEN");
        var others = new ArrayList<String>();
        for (var path : paths(product.contexts().get(0))) {
            for (var method : CHANGING) {
                var answer =
                        visitor.send(method, path, "{}", "Content-Type", "application/json", "X-XSRF-TOKEN", token);
                if (answer.statusCode() != expected) {
                    others.add(method + " " + path);
                }
            }
        }
        return others;
    }

    @Test
    void aTokenOfThePageOpensNothingToAStranger() {
        assertThat(answeredOtherwise(visitor(), 401))
                .allMatch(door -> door.startsWith("POST /sign-in") || door.contains(" /hooks/"));
    }

    @Test
    void aTokenOfThePageLetsAViewerChangeNothing() {
        assertThat(answeredOtherwise(visitor().signedIn(Product.VIEWER), 403))
                .contains("POST /people", "POST /api/people/search")
                .allMatch(door ->
                        Set.of("POST /people", "POST /api/people/search").contains(door)
                                || door.startsWith("POST /sign-in")
                                || door.contains(" /hooks/"));
    }

    @Test
    void whatAViewerMayNotAnOperatorMay() {
        var path = "/people/c0ffee00-0000-4000-8000-000000000001/synchronise";
        var viewer = visitor().signedIn(Product.VIEWER);
        var operator = visitor().signedIn(Product.OPERATOR);

        assertThat(viewer.submit(path, "_csrf=" + viewer.token("/audit")).statusCode())
                .isEqualTo(403);
        assertThat(operator.submit(path, "_csrf=" + operator.token("/audit")).statusCode())
                .isLessThan(400);
    }

    @Test
    void aMethodInAHeaderOrAFieldIsNoMethod() {
        var viewer = visitor().signedIn(Product.VIEWER);

        for (var header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(viewer.get("/api/reconciliations", header, "POST").statusCode())
                    .isEqualTo(200);
            assertThat(viewer.send("POST", "/api/reconciliations", "", header, "GET")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(viewer.get("/api/reconciliations?_method=POST").statusCode()).isEqualTo(200);
        assertThat(product.reconciliation().isMissingNode()).isTrue();
    }

    @Test
    void aChangeNeedsTheTokenOfThePage() {
        var operator = visitor().signedIn(Product.OPERATOR);
        var token = operator.token("/audit");
        var json = new String[] {"Content-Type", "application/json", "Accept", "application/json"};

        assertThat(operator.send("POST", "/api/reconciliations", "{}", json).statusCode())
                .isEqualTo(403);
        assertThat(operator.send("POST", "/api/reconciliations?_csrf=wrong", "{}", json)
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.submit("/sign-out", "_csrf=" + visitor().token("/sign-in"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.submit("/sign-out", "_csrf=" + token, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.submit("/sign-out", "_csrf=" + token, "Sec-Fetch-Site", "same-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(operator.page("/audit").statusCode()).isEqualTo(200);
        assertThat(product.reconciliation().isMissingNode()).isTrue();

        assertThat(operator.submit("/sign-out", "_csrf=" + token, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(302);
        assertThat(operator.page("/audit").statusCode()).isEqualTo(302);
    }

    @Test
    void credentialsThatABrowserSendsByItselfAreNoUseToAnotherSite() {
        var basic = Visitor.basic(Product.OPERATOR, password(Product.OPERATOR));

        var answer = visitor()
                .send("POST", "/api/reconciliations", "{}", "Authorization", basic, "Sec-Fetch-Site", "cross-site");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(visitor()
                        .get("/api/audit")
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElse(""))
                .doesNotContain("Basic");
    }

    @Test
    void aSessionGivenBeforeTheSignInIsWorthNothingAfterIt() {
        var victim = visitor();
        victim.page("/audit");
        var before = victim.cookie("usher-session");

        victim.signedIn(Product.OPERATOR);

        assertThat(before).isNotEmpty();
        assertThat(victim.cookie("usher-session")).isNotEmpty().isNotEqualTo(before);
        assertThat(visitor()
                        .get("/audit", "Accept", "text/html", "Cookie", "usher-session=" + before)
                        .statusCode())
                .isEqualTo(302);
    }

    @Test
    void aSignOutEndsTheSessionForWhoeverCopiedIt() {
        var operator = visitor().signedIn(Product.OPERATOR);
        var copied = "usher-session=" + operator.cookie("usher-session");
        assertThat(visitor().get("/audit", "Cookie", copied).statusCode()).isEqualTo(200);

        operator.submit("/sign-out", "_csrf=" + operator.token("/audit"));

        assertThat(visitor().get("/audit", "Cookie", copied).statusCode()).isEqualTo(401);
        assertThat(manager().get("/actuator", "Cookie", copied).statusCode()).isEqualTo(401);
    }

    @Test
    void aSignOutEndsWhatIsStillBeingSentToThatSession() throws Exception {
        var operator = visitor().signedIn(Product.OPERATOR);
        var live = HttpRequest.newBuilder(product.console().resolve("/live"))
                .header("Cookie", "usher-session=" + operator.cookie("usher-session"))
                .build();
        var ended = HttpClient.newHttpClient().sendAsync(live, BodyHandlers.ofString());
        var other = HttpRequest.newBuilder(product.console().resolve("/live"))
                .header(
                        "Cookie",
                        "usher-session=" + visitor().signedIn(Product.VIEWER).cookie("usher-session"))
                .build();
        var goesOn = HttpClient.newHttpClient().sendAsync(other, BodyHandlers.ofInputStream());
        assertThat(goesOn.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);

        operator.submit("/sign-out", "_csrf=" + operator.token("/audit"));

        assertThat(ended.get(20, TimeUnit.SECONDS).body()).contains("data:");
        try (var stream = goesOn.get().body()) {
            stream.readNBytes(stream.available());
            assertThat(stream.read())
                    .describedAs("the next figures of who is still there")
                    .isNotNegative();
        }
    }

    @Test
    void oneSessionTooManyEndsTheOldest() {
        var first = visitor().signedIn(Product.VIEWER);
        var second = visitor().signedIn(Product.VIEWER);
        var third = visitor().signedIn(Product.VIEWER);

        assertThat(first.get("/audit").statusCode()).isEqualTo(401);
        assertThat(second.get("/audit").statusCode()).isEqualTo(200);
        assertThat(third.get("/audit").statusCode()).isEqualTo(200);
    }

    @Test
    void cookiesAreOutOfReachOfScriptsAndOfOtherSites() {
        var cookies = visitor().page("/audit").headers().allValues("Set-Cookie");

        assertThat(cookies)
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("usher-session=").contains("HttpOnly", "SameSite=Lax"));
        assertThat(cookies)
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("XSRF-TOKEN=").contains("SameSite=Strict"));
    }

    @Test
    void everyAnswerTellsTheBrowserToBeCareful() {
        for (var path : List.of("/sign-in", "/audit", "/api/audit", "/no-such-page")) {
            var headers = visitor().signedIn(Product.VIEWER).get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    // ------------------------------------------------------------------------------------- guessing

    @Test
    void whoGuessesIsRefusedForAWhileAndNotToldWhy() {
        var stranger = visitor();
        var unknown = stranger.signIn("nobody", "wrong");
        var known = stranger.signIn(Product.OPERATOR, "wrong");
        assertThat(known.headers().firstValue("Location"))
                .isEqualTo(unknown.headers().firstValue("Location"));
        for (int i = 0; i < 5; i++) {
            stranger.signIn(Product.OPERATOR, "wrong " + i);
        }

        var refused = stranger.signIn(Product.OPERATOR, password(Product.OPERATOR));

        assertThat(refused.headers().firstValue("Location"))
                .isEqualTo(unknown.headers().firstValue("Location"));
        await("the refusal ends")
                .atMost(Duration.ofSeconds(10))
                .until(() -> visitor()
                        .signIn(Product.OPERATOR, password(Product.OPERATOR))
                        .headers()
                        .firstValue("Location")
                        .orElse("")
                        .endsWith("/"));
    }

    @Test
    void aBurstOfGuessesIsNotWorthMoreThanARowAndLocksNobodyElseOut() throws Exception {
        var stranger = visitor();
        var token = stranger.token("/sign-in");
        var guesses = Collections.<Callable<Integer>>nCopies(
                60,
                () -> stranger.submit(
                                "/sign-in",
                                "username=" + Product.OPERATOR + "&password=wrong&_csrf=" + token,
                                "X-Forwarded-For",
                                "203.0.113.7")
                        .statusCode());
        var guessers = Executors.newFixedThreadPool(60);
        try {
            for (var guess : guessers.invokeAll(guesses)) {
                assertThat(guess.get()).isIn(302, 503);
            }
        } finally {
            guessers.shutdownNow();
        }

        visitor().signedIn(Product.OPERATOR);
        assertThat(product.database()
                        .queryForObject(
                                "select count(*) from audit_entry where detail like 'from 203.0.113.7%' and done_by = ?",
                                Long.class, Product.OPERATOR))
                .describedAs("passwords that were looked at")
                .isBetween(5L, 12L);
    }

    @Test
    void failuresAreInTheTrailButNoNameThatDoesNotExist() {
        visitor().signIn("my-secret-password", "x");
        visitor().signIn(Product.VIEWER, "not this one");
        visitor().signedIn(Product.VIEWER);

        var trail = product.database().queryForList("select done_by, action, target, detail from audit_entry");

        assertThat(trail.toString())
                .contains("unknown", "fail to sign in", Product.VIEWER, "sign in")
                .doesNotContain("my-secret-password", "not this one");
    }

    @Test
    void whatStrangersFailAtFillsNoTableAndHidesNoFailureOfOthers() {
        for (int i = 0; i < 70; i++) {
            fail("stranger " + i, "198.51.100." + (i < 5 ? 0 : i));
        }
        fail(Product.VIEWER, "203.0.113.77");

        var trail = product.database()
                .queryForList("select done_by, detail from audit_entry where detail like 'from%' order by id");

        assertThat(trail.stream().filter(row -> row.get("done_by").equals("unknown")))
                .describedAs("entries of strangers, in a minute or two")
                .hasSizeLessThan(30);
        assertThat(trail.toString()).contains("times in a minute", "from other addresses");
        assertThat(trail)
                .filteredOn(row -> "from 203.0.113.77".equals(row.get("detail")))
                .extracting(row -> row.get("done_by"))
                .containsExactly(Product.VIEWER);
    }

    private static void fail(String name, String address) {
        var stranger = visitor();
        stranger.submit(
                "/sign-in",
                "username=" + Visitor.encoded(name) + "&password=wrong&_csrf=" + stranger.token("/sign-in"),
                "X-Forwarded-For",
                address);
    }

    @Test
    void anotherKeyThanTheCommandsOpensNothing() {
        for (var key : List.of("", "x", product.key().toUpperCase(java.util.Locale.ROOT), product.key() + "0")) {
            assertThat(visitor()
                            .get("/api/audit", "Authorization", "Bearer " + key)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(visitor()
                        .get("/audit", "Authorization", "Bearer " + product.key())
                        .statusCode())
                .isEqualTo(401);
    }

    // ------------------------------------------------------------------------------------- webhooks

    private static final List<String> HOSTILE = List.of(
            "CamelHttpUri",
            "CAmelHttpUri",
            "camelhttpuri",
            "CAMELHTTPURI",
            "CamelHttpMethod",
            "CamelHttpPath",
            "CamelHttpQuery",
            "CamelSqlQuery",
            "cAMELsQLqUERY",
            "CamelJmsDestinationName",
            "CamelJmsDestination",
            "CAMELJMSDESTINATIONNAME",
            "CamelFileName",
            "CamelExecCommandExecutable",
            "CamelBeanMethodName",
            "CamelToEndpoint",
            "CamelSlipEndpoint",
            "JMSReplyTo",
            "JMSPriority",
            "JMSXGroupID",
            "JMSExpiration",
            "JMSDestination",
            "jmscorrelationid",
            "usherSubject",
            "usherVersion",
            "usherDeadLetter",
            "usherQueue",
            "To",
            "Subject",
            "Bcc",
            "_AMQ_DUPL_ID");

    @Test
    void noHeaderAndNoParameterOfACallerReachesARoute() {
        var headers =
                new ArrayList<>(List.of("Content-Type", "application/json", "x-usher-secret", Product.NEW_SECRET));
        var query = new StringBuilder("?x=y");
        for (var name : HOSTILE) {
            headers.addAll(List.of(name, "http://127.0.0.1:1/attack"));
            query.append('&').append(name).append("=dead-letters");
        }

        var answer = visitor().send("POST", HOOK + query, CHANGE, headers.toArray(String[]::new));

        assertThat(answer.statusCode()).isEqualTo(202);
        product.quiet();
        assertThat(product.database().queryForList("select subject, outcome from delivery"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("subject")).isEqualTo("c0ffee00-0000-4000-8000-000000000001");
                    assertThat(row.get("outcome")).isEqualTo("skipped");
                });
        assertThat(product.database().queryForObject("select count(*) from dead_letter", Long.class))
                .isZero();
        var browser = visitor().signedIn(Product.VIEWER);
        assertThat(browser.get(
                                "/api/audit?CamelHttpUri=http://127.0.0.1:1&limit=1",
                                "CamelSqlQuery",
                                "drop table person")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aForgedCallIsRefused() {
        var wrong = List.of("", "x", Product.NEW_SECRET + " x", Product.NEW_SECRET.toUpperCase(java.util.Locale.ROOT));
        for (var secret : wrong) {
            assertThat(hook(CHANGE, secret)).describedAs(secret).isEqualTo(401);
        }
        assertThat(visitor()
                        .send("POST", HOOK + "?code=" + "x".repeat(4000), CHANGE, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(401);
        product.quiet();
        assertThat(product.database().queryForList("select * from delivery")).isEmpty();
    }

    private static int hook(String body, String secret) {
        return visitor()
                .send("POST", HOOK, body, "Content-Type", "application/json", "x-usher-secret", secret)
                .statusCode();
    }

    @Test
    void aReplayedCallChangesNothing() {
        product.control(
                "POST",
                "/sign-ups",
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .objectNode()
                        .put("email", "ada@example.org")
                        .put("givenName", "Ada"));
        product.quiet();
        product.pollContacts();
        product.quiet();
        var contact = product.control("GET", "/systems/dataverse/records", null)
                .findValue("contactid")
                .asText();
        var call = CHANGE.replace("C0FFEE00-0000-4000-8000-000000000001", contact);
        assertThat(hook(call, Product.NEW_SECRET)).isEqualTo(202);
        product.quiet();
        var before = calls();

        for (int i = 0; i < 3; i++) {
            assertThat(hook(call, Product.NEW_SECRET)).isEqualTo(202);
        }
        product.quiet();

        assertThat(calls()).isEqualTo(before);
    }

    /** What was written at the vendors. */
    private static List<String> calls() {
        return Stream.of("stripe", "mailchimp", "dataverse", "entra")
                .flatMap(system -> product.sandbox().system(system).calls().stream()
                        .filter(call -> !call.method().equals("GET"))
                        .filter(call -> !call.target().contains("token")
                                && !call.target().contains("$batch"))
                        .map(call -> system + " " + call.method() + " " + call.target()))
                .toList();
    }

    @Test
    void bodiesThatAreTooLongOrNoneAreRefused() {
        assertThat(hook(" ".repeat(CONTACT_LIMIT + 1), Product.NEW_SECRET)).isEqualTo(413);
        assertThat(hook("[".repeat(CONTACT_LIMIT / 2), Product.NEW_SECRET)).isEqualTo(400);
        assertThat(hook("{\"a\":".repeat(100_000), Product.NEW_SECRET)).isEqualTo(400);
        assertThat(hook("\u0000", Product.NEW_SECRET)).isEqualTo(400);
        assertThat(hook(CHANGE.replace("C0FFEE00", "' or 1=1 --"), Product.NEW_SECRET))
                .isEqualTo(400);
        assertThat(Raw.status(
                        product.console(),
                        "POST " + HOOK
                                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\n"
                                + "Content-Length: 6\r\nConnection: close\r\n\r\n12345"))
                .isEqualTo(400);
        assertThat(Raw.status(
                        product.console(),
                        "POST " + HOOK + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nx-usher-secret: "
                                + Product.NEW_SECRET
                                + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZ\r\n"))
                .isIn(0, 400);
    }

    @Test
    void aBodyThatComesDropByDropIsCutOff() throws IOException {
        try (var drips = new Drips(product.console(), 1, head("POST " + HOOK, "application/json", ""))) {
            await("cut off")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> !drips.answers().isEmpty());

            assertThat(drips.answers()).containsExactly(408);
        }
    }

    private static String head(String request, String type, String more) {
        return request + " HTTP/1.1\r\nContent-Type: " + type + "\r\nx-usher-secret: " + Product.NEW_SECRET + "\r\n"
                + more;
    }

    /** More connections than the server has threads, on every way into it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /sign-in",
                "GET /sign-in",
                "POST /people",
                "PUT /api/audit",
                "DELETE /no-such-page",
                "POST /hooks/no-such-hook"
            })
    void bodiesThatComeDropByDropKeepNobodyWaiting(String request) throws Exception {
        var type = request.contains("/hooks/") ? "application/json" : "application/x-www-form-urlencoded";
        try (var drips = new Drips(product.console(), 220, head(request, type, ""))) {
            assertServes();
            await("all are answered")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> drips.answers().size() == 220);

            assertThat(drips.answers()).containsOnly(408, 503);
        }
    }

    @Test
    void aProgramWithoutCredentialsIsRefusedBeforeItsBodyHasCome() throws Exception {
        var stranger = head("POST /api/reconciliations", "application/json", "Authorization: Bearer x\r\n");
        try (var drips = new Drips(product.console(), 220, stranger)) {
            assertServes();
            await("all are answered")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> drips.answers().size() == 220);

            assertThat(drips.answers()).containsOnly(401);
        }
    }

    @Test
    void aStrangerToTheWebhookIsRefusedBeforeTheBodyHasCome() throws Exception {
        var stranger = head("POST " + HOOK, "application/json", "").replace(Product.NEW_SECRET, "x");
        try (var drips = new Drips(product.console(), 220, stranger)) {
            assertServes();
            await("all are answered")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> drips.answers().size() == 220);

            assertThat(drips.answers()).containsOnly(401);
        }
    }

    /** The next page, the next webhook and the next sign-in of others come as quickly as ever. */
    private static void assertServes() throws Exception {
        var http = HttpClient.newHttpClient();
        var page = HttpRequest.newBuilder(product.console().resolve("/sign-in"))
                .timeout(Duration.ofSeconds(4))
                .build();
        var call = HttpRequest.newBuilder(product.console().resolve(HOOK))
                .timeout(Duration.ofSeconds(4))
                .header("Content-Type", "application/json")
                .header("x-usher-secret", Product.NEW_SECRET)
                .header("X-Forwarded-For", "198.51.100.1")
                .POST(BodyPublishers.ofString(CHANGE))
                .build();
        var health = HttpRequest.newBuilder(product.console().resolve("/people"))
                .timeout(Duration.ofSeconds(4))
                .header("X-Forwarded-For", "198.51.100.1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("query=x"))
                .build();

        assertThat(http.send(page, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        assertThat(http.send(call, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
        assertThat(http.send(health, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
    }

    @Test
    void aBodyThatIsTooLongOrUploadedIsRefused() {
        var long65 = "username=" + "a".repeat(65 * 1024);
        assertThat(visitor().submit("/sign-in", long65).statusCode()).isEqualTo(413);
        var upload = "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\ny\r\n--x--\r\n";
        assertThat(visitor()
                        .send("POST", "/sign-in", upload, "Content-Type", "multipart/form-data; boundary=x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(
                        Raw.status(
                                product.console(),
                                "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                        + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3;name=value\r\na=b\r\n0\r\n\r\n"))
                .describedAs("an extension of a chunk")
                .isIn(0, 400);
    }

    @Test
    void whoCallsTooOftenIsToldToWait() throws Exception {
        var statuses = new ConcurrentSkipListSet<Integer>();
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var call = HttpRequest.newBuilder(product.console().resolve(HOOK))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        var callers = Executors.newFixedThreadPool(8);
        try {
            var flood = Collections.<Callable<Void>>nCopies(8, () -> {
                for (int i = 0; i < 1_000 && !statuses.contains(503); i++) {
                    statuses.add(client.send(call, BodyHandlers.discarding()).statusCode());
                }
                return null;
            });
            for (var caller : callers.invokeAll(flood)) {
                caller.get();
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(statuses).containsOnly(401, 503);
        assertThat(hook(CHANGE, Product.NEW_SECRET))
                .describedAs("who knows the secret has an allowance that no stranger uses up")
                .isEqualTo(202);
    }

    // ------------------------------------------------------------------------------------- what is shown

    private static final String SCRIPT = "<script>window.attacked=1</script>";
    private static final String IMAGE = "<img src=x onerror=\"window.attacked=1\">";

    @Test
    void whatOthersWroteIsShownAsText() {
        var hostile = SCRIPT + IMAGE;
        product.database()
                .update(
                        "insert into audit_entry (at, done_by, action, target, detail) values (1, ?, ?, ?, ?)",
                        hostile,
                        hostile,
                        hostile,
                        hostile);
        product.database()
                .update(
                        "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason,"
                                + " attempts, state, reported) values ('x', 1, ?, 'stripe', 'e', 'user.created', ?, 1,"
                                + " 'open', true)",
                        "<b>x</b>",
                        hostile);
        try (var browser = Browser.open(product.console())) {
            for (var page : List.of(
                    "/audit",
                    "/dead-letters",
                    "/dead-letters/list",
                    "/dead-letters/list?destination=stripe&reason=" + Visitor.encoded(hostile),
                    "/people/" + Visitor.encoded("<b>x"))) {
                browser.go(page).says(page.startsWith("/people") ? "<b>x" : hostile);

                assertUnharmed(browser, page);
            }
            for (var page : List.of(
                    "/",
                    "/people?q=" + Visitor.encoded(hostile),
                    "/audit?before=" + Visitor.encoded(hostile),
                    "/dead-letters/list?state=" + Visitor.encoded(hostile),
                    "/sandbox?person=" + Visitor.encoded(hostile),
                    "/sign-in?why=" + Visitor.encoded(hostile))) {
                browser.go(page);

                assertUnharmed(browser, page);
            }
        }
        product.database().update("delete from audit_entry where at = 1");
    }

    @Test
    void theNameOfAPersonIsShownAsText() {
        var person = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("email", "eve@example.org")
                .put("givenName", IMAGE)
                .put("surname", SCRIPT);
        var id = product.control("POST", "/sign-ups", person).path("userId").asText();
        product.quiet();
        product.control(
                "PATCH",
                "/users/" + id,
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .objectNode()
                        .put("surname", SCRIPT + "2"));
        try (var browser = Browser.open(product.console())) {
            browser.go("/sandbox").says(IMAGE + " " + SCRIPT);
            assertUnharmed(browser, "/sandbox");

            browser.go("/people/" + id).press("Dry run").says(IMAGE + " " + SCRIPT + "2");
            assertUnharmed(browser, "the dry run");
        }
    }

    private static void assertUnharmed(Browser browser, String page) {
        assertThat(browser.driver().executeScript("return window.attacked"))
                .describedAs(page)
                .isNull();
        assertThat(browser.all("main img, main b")).describedAs(page).isEmpty();
        assertThat(browser.driver().getPageSource()).describedAs(page).doesNotContain("<script>window");
    }

    @Test
    void anErrorTellsNothingOfTheInside() {
        var operator = visitor().signedIn(Product.OPERATOR);
        for (var path : List.of(
                "/no-such-page",
                "/api/audit?limit=x",
                "/api/audit?before=%00",
                "/audit?before=x",
                "/api/no-such",
                "/people/%F0%9F%92%A3",
                "/api/audit?limit=999999999999999999999")) {
            var body = operator.page(path).body() + operator.get(path).body();
            assertThat(body)
                    .describedAs(path)
                    .doesNotContain("Exception", "dev.usher", "org.springframework", "select ");
        }
    }

    // ------------------------------------------------------------------------------------- secrets

    @Test
    void theNamesOfThreadsHoldNoSecret() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("secret") || name.contains("rk_test") || name.contains("?"));
    }

    @Test
    void theKeyOfTheCommandsIsForTheOwnerAlone() throws IOException {
        var file = java.nio.file.Path.of(product.settings().getRequiredProperty("usher.data"), "command.key");

        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var before = product.key();
        assertThat(Base64.getDecoder().decode(before)).isNotEmpty();
        assertThat(before).hasSize(64);
    }
}
