package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.UsherApplication;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Does what docs/add-a-destination.md says, word for word, in a copy of routes/ and config/, and lets people sign up. */
class AddADestinationTest {

    private static final Path PAGE = Path.of("docs/add-a-destination.md");
    private static final Pattern BLOCK =
            Pattern.compile("^`([^`\n]+)`(?:, more (\\w+))?\n```\\w+\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private Sandbox sandbox;
    private HubSpot hubspot;
    private Process usher;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxPorts.random());
        sandbox.entra().unlimit();
        hubspot = HubSpot.start("a-token-of-a-private-app");
        FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
        FileSystemUtils.copyRecursively(Path.of("config"), folder.resolve("config"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (usher != null) {
            usher.destroy();
            if (!usher.waitFor(20, TimeUnit.SECONDS)) {
                usher.destroyForcibly().waitFor();
            }
        }
        hubspot.close();
        sandbox.close();
    }

    @Test
    void whoeverSignsUpIsAContactInHubSpotOnceUntilTheyLeave() throws Exception {
        follow(Files.readString(PAGE));
        hubspot.holds("bob@example.org");
        usher = startUsher();

        var ada = signUp("ada@example.org", "Ada");
        signUp("bob@example.org", "Bob");

        eventually(() -> hubspot.isContact("ada@example.org", "Ada") && hubspot.isContact("bob@example.org", "Bob"));
        change(ada, "Augusta");
        eventually(() -> hubspot.isContact("ada@example.org", "Augusta"));
        assertThat(hubspot.calls())
                .containsOnlyOnce("POST ada@example.org 201", "POST bob@example.org 409", "PATCH bob@example.org 200")
                .filteredOn(call -> call.startsWith("POST"))
                .hasSize(2);
        assertThat(hubspot.contacts()).hasSize(2);

        control("DELETE", "/users/" + ada, "");
        eventually(() -> hubspot.contacts().size() == 1);
        control("POST", "/users/" + ada + "/restore", "");
        eventually(() -> hubspot.isContact("ada@example.org", "Augusta"));
        assertThat(hubspot.calls()).containsOnlyOnce("DELETE ada@example.org 204");
    }

    private void eventually(Callable<Boolean> condition) throws IOException {
        try {
            await("contacts").atMost(LONGEST).until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "calls: " + hubspot.calls() + "; Usher said:\n" + Files.readString(folder.resolve("usher.log")), e);
        }
    }

    private void follow(String page) throws IOException {
        var done = new ArrayList<String>();
        var blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            var file = folder.resolve(blocks.group(1));
            Files.createDirectories(file.getParent());
            if (blocks.group(2) == null) {
                assertThat(file).as("%s is new", blocks.group(1)).doesNotExist();
                Files.writeString(file, blocks.group(3));
            } else {
                Files.writeString(file, under(Files.readString(file), blocks.group(2), blocks.group(3)));
            }
            done.add(blocks.group(1));
        }
        assertThat(done).as("code blocks of the page").hasSize(10);
    }

    private static String under(String file, String key, String more) {
        var line = Pattern.compile("^ *" + key + ":\n", Pattern.MULTILINE).matcher(file);
        assertThat(line.find()).as("a line \"" + key + ":\"").isTrue();
        return file.substring(0, line.end()) + more + file.substring(line.end());
    }

    private Process startUsher() throws IOException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                UsherApplication.class.getName(),
                "--spring.profiles.active=sandbox",
                "--server.port=0",
                "--management.server.port=0",
                "--usher.data=data",
                "--usher.entra.poll.cron=* * * * * ?",
                "--usher.entra.poll.requests=1000"));
        sandbox.properties().forEach((name, value) -> command.add("--" + name + "=" + value));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("usher.log").toFile());
        process.environment().put("HUBSPOT_URL", hubspot.url());
        process.environment().put("HUBSPOT_TOKEN", "a-token-of-a-private-app");
        return process.start();
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private String signUp(String email, String givenName) throws Exception {
        return control("POST", "/sign-ups", "{\"email\": \"" + email + "\", \"givenName\": \"" + givenName + "\"}")
                .path("userId")
                .asText();
    }

    private void change(String id, String givenName) throws Exception {
        control("PATCH", "/users/" + id, "{\"givenName\": \"" + givenName + "\"}");
    }

    private JsonNode control(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(sandbox.control() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return json.readTree(answer.body());
    }
}
