package dev.usher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in {@code deploy/}, as far as it can be looked at without the systems it is for. */
class DeployTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z_]+)[:}]");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z][A-Z_]+)=");
    private static final Pattern UNRUN =
            Pattern.compile("not (compiled|deployed|run|applied)", Pattern.CASE_INSENSITIVE);

    @Test
    void everyVariableOfTheExampleIsReadByTheConfiguration() throws IOException {
        var read = new TreeSet<String>();
        for (var file : files(Path.of("config"), ".yaml")) {
            read.addAll(found(VARIABLE, Files.readString(file)));
        }

        assertThat(found(EXAMPLE, Files.readString(DEPLOY.resolve("systemd/usher.env.example"))))
                .isNotEmpty()
                .isSubsetOf(read);
    }

    @Test
    void everyVariableThatAScriptPrintsOrATemplateSetsIsReadByTheConfiguration() throws IOException {
        var read = new TreeSet<String>();
        for (var file : files(Path.of("config"), ".yaml")) {
            read.addAll(found(VARIABLE, Files.readString(file)));
        }
        var set = new TreeSet<String>();
        set.addAll(found(EXAMPLE, Files.readString(DEPLOY.resolve("azure/register-apps"))));
        set.addAll(found(
                Pattern.compile("(?:name|variable): '(USHER_[A-Z_]+|DATABASE_[A-Z_]+|[A-Z]+_API_KEY)'"),
                Files.readString(DEPLOY.resolve("azure/usher.bicep"))));
        set.addAll(found(
                Pattern.compile("(?m)^ {6}(USHER_[A-Z_]+|DATABASE_[A-Z_]+):"),
                Files.readString(DEPLOY.resolve("docker/compose.yaml"))));
        set.removeAll(List.of("GRAPH", "NAME"));

        assertThat(set).hasSizeGreaterThan(10).isSubsetOf(read);
    }

    @Test
    void scriptsAreExecutableAndBashReadsThem() throws Exception {
        for (var script : List.of("install", "archive-classes", "azure/register-apps")) {
            var path = DEPLOY.resolve(script);
            assertThat(path).isExecutable();
            var bash = new ProcessBuilder("bash", "-n", path.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(bash.waitFor()).as(said).isZero();
        }
    }

    @Test
    void whatCouldNotBeRunSaysSoInItsFirstLine() throws IOException {
        var unrun = List.of(
                "azure/register-apps",
                "azure/usher.bicep",
                "docker/Dockerfile",
                "docker/compose.yaml",
                "kubernetes/several-nodes/kustomization.yaml",
                "kubernetes/single-node/kustomization.yaml",
                "systemd/usher.service");
        for (var file : unrun) {
            var lines = Files.readAllLines(DEPLOY.resolve(file));
            var first = lines.get(0).startsWith("#!") ? lines.get(1) : lines.get(0);
            assertThat(UNRUN.matcher(first).find()).as("%s: %s", file, first).isTrue();
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        var found = new ArrayList<String>();
        var matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
