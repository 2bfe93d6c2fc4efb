package dev.usher.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.scenario.Product;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the webhook is healthy: the steps as Dataverse has them, the address it calls, and the calls that failed of late. */
class WebhookHealthTest {

    private static final String ELSEWHERE = "https://usher.example.org/hooks/dataverse/contacts";
    private static final String UNREACHABLE = "http://127.0.0.1:1/hooks/dataverse/contacts";
    private static final int FAILED = 31;

    private static Product product;
    private static WebApi dataverse;

    @BeforeAll
    static void start() throws IOException {
        product = Product.start("webhook-health", Map.of("usher.dataverse.webhook.url", ELSEWHERE));
        dataverse = product.contexts().get(0).getBean(WebApi.class);
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    @BeforeEach
    void registered() {
        product.reset();
        register(ELSEWHERE);
    }

    private static void register(String url) {
        assertThat(product.api("POST", "/api/webhook", "{\"url\": \"" + url + "\"}")
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode status() {
        return product.api("GET", "/api/webhook", "").body();
    }

    @Test
    void aStepThatIsSwitchedOffIsShownAndSwitchedOnAgain() throws Exception {
        assertThat(status().at("/steps/Delete").asText()).isEqualTo("registered");
        var steps = dataverse.get("sdkmessageprocessingsteps?$filter=name%20eq%20'usher%20contacts%20delete'", "");
        dataverse.update(
                "sdkmessageprocessingsteps("
                        + steps.at("/value/0/sdkmessageprocessingstepid").asText() + ")",
                JsonNodeFactory.instance.objectNode().put("statecode", 1).put("statuscode", 2));

        assertThat(status().at("/steps/Delete").asText()).isEqualTo("disabled");

        register(ELSEWHERE);
        assertThat(status().at("/steps/Delete").asText()).isEqualTo("registered");
    }

    @Test
    void anotherAddressThanTheConfiguredOneIsShown() {
        assertThat(status().has("expectedUrl")).isFalse();

        register(UNREACHABLE);

        assertThat(status().path("url").asText()).isEqualTo(UNREACHABLE);
        assertThat(status().path("expectedUrl").asText()).isEqualTo(ELSEWHERE);
    }

    @Test
    void theNewestFailuresAreShownAndNobodyElses() throws Exception {
        for (int i = 0; i < 30; i++) {
            failed("usher contacts update", "2026-11-%02dT08:00:00Z".formatted(1 + i % 28));
            failed("somebody's plug-in", "2026-11-29T08:00:00Z");
        }
        failed("usher contacts create", "2026-11-29T07:00:00Z");

        var failures = status().path("failures");
        assertThat(failures.findValuesAsText("at"))
                .hasSize(20)
                .startsWith("2026-11-29T07:00:00Z")
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(failures.findValuesAsText("step")).containsOnly("usher contacts update", "usher contacts create");
    }

    private static void failed(String name, String at) throws Exception {
        dataverse.create(
                "asyncoperations",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", name)
                        .put("operationtype", 1)
                        .put("statuscode", FAILED)
                        .put("completedon", at));
    }
}
