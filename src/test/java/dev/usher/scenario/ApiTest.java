package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What every call of the API has in common, and the calls that say what the management port says. */
@ExtendWith(RunningUsher.class)
class ApiTest {

    private Product product;

    private Product.Answer call(Product of, String method, String path, String body) {
        product = of;
        return of.api(method, path, body);
    }

    @AfterEach
    void nothingStaysOpen() {
        product.reset();
    }

    private static String detail(Product.Answer answer) {
        return answer.body().path("detail").asText();
    }

    @Test
    void theDocumentDescribesEveryCallAndNothingElse(Product product) {
        var document = call(product, "GET", "/api/openapi.json", "").body();

        assertThat(document.at("/info/title").asText()).isEqualTo("Usher");
        assertThat(described(document)).isEqualTo(mapped(product));
        for (var path : document.path("paths")) {
            path.forEach(operation -> assertThat(operation.path("summary").asText())
                    .describedAs("summary of %s", operation.path("operationId"))
                    .isNotBlank());
        }
    }

    private static Set<String> described(JsonNode document) {
        var calls = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return calls;
    }

    /** The calls below /api that something answers, but for what answers all others and the document itself. */
    private static Set<String> mapped(Product product) {
        var calls = new TreeSet<String>();
        product.contexts()
                .get(0)
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(info -> info.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/")
                                && !path.equals("/api/**")
                                && !path.startsWith("/api/openapi.json"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> calls.add(method.name() + " " + path))));
        assertThat(calls).hasSizeGreaterThan(15);
        return calls;
    }

    @Test
    void theDocumentSaysHowToSignIn(Product product) {
        var document = call(product, "GET", "/api/openapi.json", "").body();

        assertThat(document.at("/components/securitySchemes/password/scheme").asText())
                .isEqualTo("basic");
        assertThat(document.at("/components/securitySchemes/command/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.path("security").findValues("password")).hasSize(1);
        assertThat(document.path("security").findValues("command")).hasSize(1);
    }

    @Test
    void anUnknownCallIsAProblemThatSaysWhereToLook(Product product) {
        var answer = call(product, "GET", "/api/deed-letters", "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(detail(answer)).contains("no GET at this path", "/api/openapi.json");
    }

    @Test
    void whatIsWrongIsNamed(Product product) {
        assertThat(detail(call(product, "GET", "/api/reconciliations?limit=many", "")))
                .isEqualTo("limit is \"many\": send a number");
        assertThat(detail(call(product, "GET", "/api/reconciliations?limit=0", "")))
                .isEqualTo("limit is 0: send 1 to 200");
        assertThat(detail(call(product, "GET", "/api/reconciliations?before=yesterday", "")))
                .startsWith("before is no cursor");
        assertThat(detail(call(product, "GET", "/api/reconciliations/999999", "")))
                .startsWith("there is no reconciliation 999999");
        assertThat(detail(call(product, "POST", "/api/reconciliations", "{\"destnation\": \"sql\"}")))
                .startsWith("the body has a member \"destnation\" that means nothing here");
        assertThat(detail(call(product, "POST", "/api/reconciliations", "{\"deep\": {}}")))
                .startsWith("the body does not fit at \"deep\"");
        assertThat(detail(call(product, "POST", "/api/reconciliations", "{\"deep\": tru")))
                .startsWith("the body is no JSON, at line 1");
        assertThat(detail(call(product, "POST", "/api/reconciliations", "{\"mode\": \"perhaps\"}")))
                .isEqualTo("mode is \"perhaps\": send \"repair\" or \"dry-run\"");
        assertThat(detail(call(product, "POST", "/api/mass-changes/release", "")))
                .startsWith("nothing is held");
    }

    @Test
    void reconciliationsAreBegunReadPageByPageAndStopped(Product product) {
        var ids = new ArrayList<Long>();
        for (var mode : List.of("repair", "dry-run", "repair")) {
            var begun = call(product, "POST", "/api/reconciliations", "{\"mode\": \"" + mode + "\"}");
            assertThat(begun.status()).isEqualTo(202);
            assertThat(begun.body().path("mode").asText()).isEqualTo(mode);
            ids.add(0, begun.body().path("run").asLong());
            assertThat(call(product, "POST", "/api/reconciliations", "").status())
                    .isEqualTo(409);
            var stopped = call(product, "POST", "/api/reconciliations/stop", "");
            assertThat(stopped.body().path("state").asText()).isEqualTo("stopped");
        }

        var first = call(product, "GET", "/api/reconciliations?limit=2", "").body();
        var next = first.path("next").asText();
        var second = call(product, "GET", "/api/reconciliations?limit=2&before=" + next, "")
                .body();

        assertThat(runs(first)).containsExactly(ids.get(0), ids.get(1));
        assertThat(runs(second)).containsExactly(ids.get(2));
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(call(product, "GET", "/api/reconciliations/" + ids.get(1), "")
                        .body()
                        .path("mode")
                        .asText())
                .isEqualTo("dry-run");
        assertThat(product.database()
                        .queryForList(
                                "select action from audit_entry where target = ? order by id",
                                String.class,
                                "reconciliation " + ids.get(0)))
                .containsExactly("reconcile", "stop-reconciliation");
    }

    private static List<Long> runs(JsonNode page) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(run -> run.path("run").asLong())
                .toList();
    }

    @Test
    void theWebhookIsRegisteredAndShown(Product product) {
        var registered = call(product, "POST", "/api/webhook", "{\"url\": \"" + product.hook() + "\"}");
        var shown = call(product, "GET", "/api/webhook", "");

        assertThat(registered.status()).isEqualTo(200);
        assertThat(shown.body().path("registered").asBoolean()).isTrue();
        assertThat(shown.body().path("url").asText()).isEqualTo(product.hook().toString());
        assertThat(detail(call(product, "POST", "/api/webhook", "{\"url\": \"here\"}")))
                .startsWith("the url of the webhook is missing");
    }

    @Test
    void theGuardIsShown(Product product) {
        var guard = call(product, "GET", "/api/mass-changes", "").body();

        assertThat(guard.path("state").asText()).isEqualTo("open");
        assertThat(guard.path("window").asText()).isEqualTo("PT10M");
    }
}
