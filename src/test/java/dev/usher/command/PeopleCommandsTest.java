package dev.usher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code why}, {@code plan} and {@code sync} ask, and how they print the answers. */
class PeopleCommandsTest {

    private static final String ADA = "11111111-2222-4333-8444-555555555555";
    private static final String PERSON = "/api/people/" + ADA;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @TempDir
    private Path folder;

    private HttpServer usher;

    @BeforeEach
    void anUsherAnswers() throws IOException {
        usher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        usher.createContext("/", exchange -> {
            var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent);
            var body = answers.getOrDefault(exchange.getRequestURI().getPath(), "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        usher.start();
        Files.writeString(folder.resolve("command.key"), "the-key\n");
        answers.put("/api/people/search", "{\"items\": [{\"subject\": \"" + ADA + "\"}]}");
        answers.put(PERSON, """
                {"subject": "%s", "text": "Active.", "destinations": [
                  {"destination": "stripe", "state": "current", "text": "Holds this person as cus_1."},
                  {"destination": "sql", "state": "off", "text": "Switched off."}]}""".formatted(ADA));
        answers.put(PERSON + "/timeline", """
                {"items": [{"at": "2026-03-02T10:00:00Z", "text": "Stripe took it."}], "next": "abc"}""");
        answers.put(PERSON + "/plan", """
                {"text": "As the directory shows it.", "destinations": [
                  {"destination": "stripe", "sent": true, "rule": "everybody", "act": "update", "looked": true,
                   "text": "Would be changed.", "differences": [{"field": "name", "holds": null, "wanted": "Ada"}]}]}""");
        answers.put(PERSON + "/synchronise", "{\"text\": \"On the queue.\", \"event\": \"operator-1\"}");
    }

    @AfterEach
    void usherEnds() {
        usher.stop(0);
    }

    private int run(String... arguments) {
        CommandLine line = UsherCommand.line();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--url",
                "http://127.0.0.1:" + usher.getAddress().getPort(),
                "--key-file",
                folder.resolve("command.key").toString()));
        return line.execute(all.toArray(String[]::new));
    }

    @Test
    void whySearchesByTheBodyAndTellsOneDestination() {
        assertThat(run("why", "ada@example.org", "stripe")).isEqualTo(ExitCode.GOOD);

        assertThat(asked)
                .containsExactly(
                        "POST /api/people/search {\"query\":\"ada@example.org\"}",
                        "GET " + PERSON + " ",
                        "GET " + PERSON + "/timeline?limit=50&destination=stripe ");
        assertThat(out.toString())
                .contains(
                        ADA + ": Active.",
                        "Holds this person as cus_1.",
                        "2026-03-02T10:00:00Z  Stripe took it.",
                        "more")
                .doesNotContain("Switched off");
    }

    @Test
    void whyWithoutSuccessSaysWhy() {
        answers.put("/api/people/search", "{\"items\": [], \"hint\": \"Nobody known.\"}");
        assertThat(run("why", "cus_9")).isEqualTo(ExitCode.FOUND);

        answers.put(
                "/api/people/search",
                "{\"items\": [{\"subject\": \"a\", \"state\": \"active\"}, {\"subject\": \"b\", \"state\": \"deleted\"}]}");
        assertThat(run("why", "cus_9")).isEqualTo(ExitCode.FOUND);

        assertThat(out.toString()).contains("Nobody known.", "Several have it", "deleted");
    }

    @Test
    void planPrintsTheDiffAndEndsWithOneWhenSomethingWouldBeWritten() {
        assertThat(run("plan", ADA)).isEqualTo(ExitCode.FOUND);

        assertThat(out.toString())
                .contains("rule: everybody; compared with what it holds now", "name: nothing -> \"Ada\"");
        assertThat(err.toString()).contains("waiting for Usher, which asks the directory and every destination");
        answers.put(PERSON + "/plan", "{\"text\": \"x\", \"destinations\": [{\"act\": \"unchanged\"}]}");
        assertThat(run("plan", ADA)).isEqualTo(ExitCode.GOOD);
    }

    @Test
    void syncTellsTheNameOfTheOrder() {
        assertThat(run("sync", ADA)).isEqualTo(ExitCode.GOOD);

        assertThat(out.toString()).contains("On the queue.", "operator-1");
    }

    @Test
    void jsonIsTheAnswerOfTheApi() {
        assertThat(run("plan", ADA, "--json")).isEqualTo(ExitCode.FOUND);
        assertThat(out.toString()).contains("\"wanted\" : \"Ada\"");
        assertThat(run("why", ADA, "--json")).isEqualTo(ExitCode.GOOD);
        assertThat(out.toString()).contains("\"timeline\" : {", "\"next\" : \"abc\"");
    }
}
