package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.metric.Expression;
import dev.usher.metric.Scrape;
import dev.usher.sandbox.server.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What Prometheus reads after a few deliveries: all that dashboard, rules and the page of metrics speak of, and no person. */
class MetricsTest {

    private static final String NAME = "metrics";
    private static final Pattern NAMED = Pattern.compile("`(usher_[a-z_]+)`");

    private static Product product;
    private static Scrape scrape;
    private static String user;

    @BeforeAll
    static void deliver() throws Exception {
        product = Product.start(NAME, Map.of());
        user = signUp("ada@example.org");
        product.quiet();
        product.sandbox().system("stripe").faults().replace(List.of(Fault.answering(400)));
        signUp("bob@example.org");
        product.quiet();
        product.sandbox().system("stripe").faults().heal();
        product.reconcile(JsonNodeFactory.instance.objectNode().put("mode", "dry-run"));
        product.reconcileOnePage();
        System.gc();
        scrape = Scrape.of(get("/actuator/prometheus"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static String signUp(String email) {
        return product.control(
                        "POST",
                        "/sign-ups",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("email", email)
                                .put("givenName", "Ada"))
                .path("userId")
                .asText();
    }

    /** As Prometheus asks, with the key of this process where one is asked for. */
    private static String get(String path) throws Exception {
        var request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + product.settings().getProperty("local.management.port") + path));
        var key = Path.of(product.settings().getRequiredProperty("usher.data"), "command.key");
        if (Files.exists(key)) {
            request.header("Authorization", "Bearer " + Files.readString(key).strip());
        }
        var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static Map<String, Set<String>> missing(List<String> expressions) {
        var missing = new TreeMap<String, Set<String>>();
        expressions.forEach(text -> {
            var lacking = new Expression(text).missing(scrape);
            if (!lacking.isEmpty()) {
                missing.put(text, lacking);
            }
        });
        return missing;
    }

    @Test
    void theDashboardAsksOnlyForWhatThereIs() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("deploy/grafana/usher-dashboard.json").toFile());
        var expressions = dashboard.findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(25);
        assertThat(missing(expressions)).isEmpty();
        var variables = dashboard.at("/templating/list").findValuesAsText("query").stream()
                .filter(query -> query.startsWith("label_values("))
                .map(query -> query.replaceAll("label_values\\((\\w+), (\\w+)\\)", "max by ($2) ($1)"))
                .toList();
        assertThat(variables).hasSize(2);
        assertThat(missing(variables)).isEmpty();
    }

    @Test
    void theRulesAskOnlyForWhatThereIs() throws IOException {
        Object rules = new Yaml().load(Files.readString(Path.of("deploy/prometheus/usher-alerts.yaml")));
        var expressions = new ObjectMapper().valueToTree(rules).findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(5);
        assertThat(missing(expressions)).isEmpty();
    }

    @Test
    void thePageOfMetricsNamesEachAndNoOther() throws IOException {
        var described = new TreeSet<String>();
        NAMED.matcher(Files.readString(Path.of("docs/metrics.md")))
                .results()
                .forEach(name -> described.add(name.group(1)));
        var told = new TreeSet<String>();
        scrape.labels().keySet().stream()
                .filter(name -> name.startsWith("usher_"))
                .map(name -> name.replaceAll("_seconds_(bucket|count|sum|max)$", "_seconds"))
                .forEach(told::add);
        described.remove("usher_lateness_seconds"); // only once a record was late

        assertThat(described).isEqualTo(told);
    }

    @Test
    void deliveriesAreCountedByDestinationAndOutcome() {
        assertThat(scrape.text())
                .contains("usher_deliveries_total{destination=\"stripe\",outcome=\"created\"} 1.0")
                .contains("usher_deliveries_total{destination=\"stripe\",outcome=\"parked\"} 1.0")
                .contains("usher_dead_letters_open{destination=\"stripe\"} 1.0")
                .contains("usher_arrival_seconds_count{destination=\"stripe\"} 1")
                .contains("usher_vendor_calls_total{status=\"400\",system=\"stripe\"} 1.0")
                .containsPattern("usher_vendor_calls_total\\{status=\"20\\d\",system=\"entra\"} \\d");
    }

    @Test
    void noPersonIsNamedAndThereAreFewSeries() {
        assertThat(scrape.text()).doesNotContain("@", user, "example.org", "cus_");
        assertThat(scrape.series("usher_")).isLessThan(600);
    }
}
