package dev.usher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
            Pattern.compile("not (compiled|deployed|run|applied|loaded)", Pattern.CASE_INSENSITIVE);

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

    /** What runs in the build of this project, or holds nothing that could be run. */
    private static final Set<String> RUN =
            Set.of("install", "archive-classes", "jvm.options", "artemis/broker.xml", "systemd/usher.env.example");

    @Test
    void whatCouldNotBeRunSaysSoInItsFirstLine() throws IOException {
        var seen = 0;
        for (var path : files(DEPLOY, "")) {
            var file = DEPLOY.relativize(path).toString().replace('\\', '/');
            if (Files.isDirectory(path) || RUN.contains(file)) {
                continue;
            }
            assertThat(UNRUN.matcher(firstWords(path)).find())
                    .as("%s: begin it with what was not done with it, such as \"# Not run where it was written\"", file)
                    .isTrue();
            seen++;
        }
        assertThat(seen).isGreaterThan(12);
    }

    /** The first line; of JSON, which has no comments, the description. */
    private static String firstWords(Path path) throws IOException {
        var lines = Files.readAllLines(path);
        if (path.toString().endsWith(".json")) {
            return lines.stream()
                    .filter(line -> line.contains("\"description\""))
                    .findFirst()
                    .orElse("");
        }
        return lines.get(0).startsWith("#!") ? lines.get(1) : lines.get(0);
    }

    @Test
    void theNetworkLetsThroughEveryPortThatIsADefault() throws IOException {
        var network = Files.readString(DEPLOY.resolve("kubernetes/several-nodes/network.yaml"));
        var mail = found(Pattern.compile("MAIL_PORT:(\\d+)"), Files.readString(Path.of("config/alerts.yaml")));

        assertThat(mail).hasSize(1);
        assertThat(network.substring(network.indexOf("egress:")))
                .contains("port: 443", "port: 5432", "port: 61616", "port: " + mail.get(0) + "\n", "port: 587");
    }

    @Test
    void aBrowserStaysAtTheNodeWhereItSignedIn() throws IOException {
        var node = Files.readString(DEPLOY.resolve("kubernetes/several-nodes/usher.yaml"));
        var way = Files.readString(DEPLOY.resolve("kubernetes/several-nodes/ingress.yaml"));
        var resources = Files.readString(DEPLOY.resolve("kubernetes/several-nodes/kustomization.yaml"));

        assertThat(node).contains("replicas: 2", "sessionAffinity: ClientIP", "timeoutSeconds: 43200");
        assertThat(way).contains("nginx.ingress.kubernetes.io/affinity: cookie");
        assertThat(resources).contains("- ingress.yaml");
    }

    @Test
    void theManagementPortIsPublishedToTheMachineItself() throws IOException {
        assertThat(Files.readString(DEPLOY.resolve("docker/compose.yaml")))
                .contains("- 127.0.0.1:8081:8081", "MANAGEMENT_SERVER_ADDRESS: 0.0.0.0")
                .doesNotContain("- 8081:8081");
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
