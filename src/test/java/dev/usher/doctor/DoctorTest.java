package dev.usher.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.startup.Rehearsal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Each mistake is made in an otherwise healthy sandbox; those that do not stand in each other's way in one round. */
class DoctorTest {

    private static final Path MISTAKES = Path.of("src/test/mistakes/doctor");
    private static Sandbox sandbox;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void startTheSandbox() {
        sandbox = Sandbox.start(SandboxPorts.random());
    }

    @AfterAll
    static void stopTheSandbox() {
        sandbox.close();
    }

    @Test
    void nothingIsToBeMendedInAHealthySandbox() {
        sandbox.reset();

        List<Sign> signs = examine(List.of("--usher.dataverse.webhook.url="));

        assertThat(signs)
                .allSatisfy(
                        sign -> assertThat(sign.state()).as(sign.toString()).isIn(Sign.State.GOOD, Sign.State.NOTE));
        assertThat(signs)
                .extracting(Sign::system)
                .contains(
                        "birthrights",
                        "clock",
                        "contacts",
                        "dataverse",
                        "directory",
                        "entra",
                        "mail",
                        "mailchimp",
                        "queues",
                        "salesforce",
                        "sql",
                        "state",
                        "stripe");
    }

    @Test
    void whoHasNotAnsweredYetIsToldOnTheWay() {
        sandbox.reset();
        var told = new CopyOnWriteArrayList<List<String>>();

        examine(List.of(), told::add);

        assertThat(told).isNotEmpty().doesNotHaveDuplicates();
        assertThat(told.get(0)).contains("directory", "mailchimp", "salesforce", "stripe");
        assertThat(told.get(told.size() - 1)).hasSize(1);
    }

    @Test
    void nothingIsWritten() {
        sandbox.reset();

        examine(List.of());

        for (String system : List.of("entra", "stripe", "mailchimp", "salesforce", "dataverse")) {
            assertThat(sandbox.system(system).calls())
                    .as(system)
                    .allSatisfy(call -> assertThat(call.toJson().path("method").asText() + " "
                                    + call.toJson().path("path").asText())
                            .matches("GET .*|POST .*/token"));
        }
    }

    @TestFactory
    Stream<DynamicTest> eachMistakeIsNamedWithItsMend() throws IOException, InterruptedException {
        var tests = new ArrayList<DynamicTest>();
        for (int round = 1; round <= 4; round++) {
            List<Path> files = files(round);
            List<Sign> signs = examine(made(files));
            files.forEach(file -> tests.add(DynamicTest.dynamicTest(
                    file.getFileName().toString().replace(".yaml", "").replace('-', ' '),
                    () -> assertNamed(read(file).path("expect"), signs))));
        }
        return tests.stream();
    }

    private static void assertNamed(JsonNode expected, List<Sign> signs) {
        assertThat(signs).as("signs of " + expected).anySatisfy(sign -> {
            assertThat(sign.system()).isEqualTo(expected.path("system").asText());
            assertThat(sign.state().word()).isEqualTo(expected.path("state").asText());
            assertThat(sign.what()).contains(expected.path("what").asText());
            assertThat(sign.mend()).contains(expected.path("mend").asText());
        });
    }

    private static List<Path> files(int round) throws IOException {
        try (var files = Files.list(MISTAKES)) {
            return files.filter(file -> read(file).path("round").asInt(1) == round)
                    .sorted()
                    .toList();
        }
    }

    /** Makes the mistakes in the sandbox. @return those that are made by settings */
    private List<String> made(List<Path> files) throws IOException, InterruptedException {
        sandbox.reset();
        var settings = new ArrayList<String>();
        for (Path file : files) {
            JsonNode mistake = read(file);
            mistake.path("settings")
                    .properties()
                    .forEach(setting -> settings.add(
                            "--" + setting.getKey() + "=" + setting.getValue().asText()));
            JsonNode order = mistake.path("sandbox");
            if (order.isObject()) {
                call(
                        order.path("method").asText("PUT"),
                        "/systems/" + order.path("system").asText() + "/"
                                + order.path("operation").asText(),
                        order.path("body"));
            }
            JsonNode faults = mistake.path("faults");
            if (faults.isObject()) {
                call("PUT", "/systems/" + faults.path("system").asText() + "/faults", faults.path("body"));
            }
        }
        return settings;
    }

    private void call(String method, String path, JsonNode body) throws IOException, InterruptedException {
        URI address = sandbox.control().resolve(path);
        var answer = http.send(
                HttpRequest.newBuilder(address)
                        .method(method, BodyPublishers.ofString(body.isMissingNode() ? "{}" : body.toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as(method + " " + path + ": " + answer.body())
                .isLessThan(300);
    }

    private static List<Sign> examine(List<String> settings) {
        return examine(settings, waiting -> {});
    }

    private static List<Sign> examine(List<String> settings, Consumer<List<String>> progress) {
        var arguments = new ArrayList<>(List.of("--spring.profiles.active=sandbox"));
        sandbox.properties().forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.addAll(settings);
        try (var usher = Rehearsal.ofRoutes("examine-*.camel.yaml", arguments)) {
            return usher.bean(Doctor.class).examine(Rehearsal.environment(arguments), progress);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
