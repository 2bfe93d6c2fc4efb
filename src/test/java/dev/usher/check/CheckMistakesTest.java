package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import org.yaml.snakeyaml.Yaml;

/** The command in a folder that holds nothing but configuration, routes and scenarios; one run tells all mistakes. */
class CheckMistakesTest {

    private static final Path MISTAKES = Path.of("src/test/mistakes/check");

    @TempDir
    static Path temporary;

    private static Path folder;
    private static Caller caller;

    @BeforeAll
    static void start() throws IOException {
        folder = Files.createDirectory(temporary.resolve("workplace"));
        caller = new Caller(folder, temporary.resolve("caller.log"));
    }

    @AfterAll
    static void stop() {
        caller.close();
    }

    @BeforeEach
    void setUp() throws IOException {
        for (var part : List.of("config", "routes", "scenarios")) {
            FileSystemUtils.deleteRecursively(folder.resolve(part));
        }
        FileSystemUtils.copyRecursively(Path.of("config"), folder.resolve("config"));
        FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
    }

    private record Ending(int code, JsonNode said, String told) {}

    @TestFactory
    Stream<DynamicTest> eachMistakeIsNamedWithItsPlaceAndMend() throws IOException {
        List<Path> files = files();
        for (Path file : files) {
            make(read(file));
        }

        Ending ending = check("--profile", "sandbox");

        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest(
                        "the command ends with 1",
                        () -> assertThat(ending.code()).isEqualTo(1))),
                files.stream()
                        .map(file -> DynamicTest.dynamicTest(
                                file.getFileName()
                                        .toString()
                                        .replace(".yaml", "")
                                        .replace('-', ' '),
                                () -> assertNamed(read(file), ending.said().path("findings")))));
    }

    @Test
    void aRightFolderHasNothingToMend() throws IOException {
        Ending ending = check("--profile", "sandbox", "--no-scenarios");

        assertThat(ending.said().path("findings")).isEmpty();
        assertThat(ending.said().path("scenariosNotRun").asText()).contains("--no-scenarios");
        assertThat(ending.code()).isZero();
    }

    @Test
    void whatOnlyTheStartFindsIsToldToo() throws IOException {
        replace("config/alerts.yaml", "cron: \"0/5 * * * * ?\"", "cron: every now and then");

        Ending ending = check("--profile", "sandbox", "--no-scenarios");

        assertThat(ending.said().path("findings"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("report-alarms.camel.yaml", "CronExpression 'every now and then' is invalid"));
        assertThat(ending.code()).isEqualTo(1);
    }

    @Test
    void whereNoScenarioIsPlayedNothingIsGood() throws IOException {
        addContracts();

        Ending ending = check("--profile", "sandbox", "--sandbox", "nowhere.jar");

        assertThat(ending.said().path("scenariosNotRun").asText())
                .contains("Scenarios were not run", "nowhere.jar is not there", "--sandbox", "--no-scenarios");
        assertThat(ending.said().path("good").asBoolean(true)).isFalse();
        assertThat(ending.code()).isEqualTo(1);
    }

    @Test
    void aNameThatNoScenarioHasIsNothingGood() throws IOException {
        addContracts();

        Ending ending = check("--profile", "sandbox", "--sandbox", player("").toString(), "--scenario", "typo");

        assertThat(ending.said().path("scenariosNotRun").asText())
                .contains("none has \"typo\" in its path", "Correct --scenario")
                .doesNotContain("usher-sandbox.jar");
        assertThat(ending.said().path("good").asBoolean(true)).isFalse();
        assertThat(ending.code()).isEqualTo(1);
    }

    @Test
    void aPlayerThatBreaksDownIsNoSuccessAndWhatFailedBeforeIsKept() throws IOException {
        addContracts();
        Path player = player("""
                System.out.println("scenario {\\"scenario\\": \\"a.yaml\\", \\"millis\\": 1, \\"failure\\": \\"a.yaml:1: no call\\"}");
                System.out.println("out of memory");
                System.exit(137);
                """);

        Ending ending = check("--profile", "sandbox", "--sandbox", player.toString());

        assertThat(ending.said().path("scenariosNotRun").asText())
                .contains("not played to their end", "ended with 137", "the last it said: out of memory")
                .doesNotContain("usher-sandbox.jar");
        assertThat(ending.said().path("scenarios").path(0).path("failure").asText())
                .isEqualTo("a.yaml:1: no call");
        assertThat(ending.told()).contains("rehearsing the start", "scenarios: 1 played, 1 failed");
        assertThat(ending.said().path("good").asBoolean(true)).isFalse();
        assertThat(ending.code()).isEqualTo(3);
    }

    private void addContracts() throws IOException {
        Path scenarios = Files.createDirectories(folder.resolve("scenarios/stripe"));
        for (String name : List.of("birthrights", "dataverse", "entra", "mailchimp", "salesforce", "sql", "stripe")) {
            Files.createDirectories(scenarios.resolveSibling(name));
            Files.copy(
                    Path.of("src/test/scenarios", name, "contract.yaml"),
                    scenarios.resolveSibling(name).resolve("contract.yaml"));
        }
    }

    /** A file in the place of {@code usher-sandbox.jar}, whose player does nothing but this. */
    private Path player(String statements) throws IOException {
        Path made = Files.createTempDirectory(temporary, "player");
        Path source =
                Files.createDirectories(made.resolve("dev/usher/scenario")).resolve("ScenarioPlayer.java");
        Files.writeString(
                source,
                "package dev.usher.scenario; public final class ScenarioPlayer { public static void main(String[] arguments) {"
                        + statements + "}}");
        int compiled = ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
        assertThat(compiled).isZero();
        Path jar = made.resolve("player.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("dev/usher/scenario/ScenarioPlayer.class"));
            out.write(Files.readAllBytes(source.resolveSibling("ScenarioPlayer.class")));
        }
        return jar;
    }

    private void assertNamed(JsonNode mistake, JsonNode findings) {
        String file = mistake.path("file").asText();
        JsonNode expected = mistake.path("expect");
        int line = line(file, expected.path("at").asText());

        assertThat(findings).as("findings about " + file + ":" + line).anySatisfy(finding -> {
            assertThat(finding.path("file").asText()).isEqualTo(file);
            assertThat(finding.path("what").asText())
                    .contains(expected.path("what").asText());
            assertThat(finding.path("mend").asText())
                    .contains(expected.path("mend").asText());
            assertThat(finding.path("line").asInt())
                    .isEqualTo(line == 0 ? finding.path("line").asInt(-1) : line);
            assertThat(finding.path("line").asInt()).isPositive();
        });
    }

    /** The line on which a text first stands; 0 for no text: any line will do. */
    private int line(String file, String text) {
        if (text.isEmpty()) {
            return 0;
        }
        List<String> lines = lines(folder.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError("'" + text + "' does not stand in " + file);
    }

    private void make(JsonNode mistake) throws IOException {
        String file = mistake.path("file").asText();
        replace(file, mistake.path("replace").asText(), mistake.path("by").asText());
        JsonNode also = mistake.path("also");
        if (also.isObject()) {
            replace(file, also.path("replace").asText(), also.path("by").asText());
        }
    }

    private void replace(String file, String text, String by) throws IOException {
        Path path = folder.resolve(file);
        String before = Files.readString(path);
        assertThat(before).as(file).contains(text);
        Files.writeString(path, before.replace(text, by));
    }

    private Ending check(String... options) throws IOException {
        var arguments = new ArrayList<String>(List.of("check", "--json"));
        arguments.addAll(List.of(options));
        Path output = Files.createTempFile(temporary, "check", ".json");
        Path errors = Files.createTempFile(temporary, "check", ".log");
        int code = caller.call(output, errors, arguments);
        assertThat(Files.readString(output)).as(Files.readString(errors)).startsWith("{");
        return new Ending(code, new ObjectMapper().readTree(output.toFile()), Files.readString(errors));
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(MISTAKES)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
