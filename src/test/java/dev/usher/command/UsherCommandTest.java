package dev.usher.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What every command does alike, seen with one that gets a path and prints the answer. */
class UsherCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private HttpServer usher;
    private int status = 200;
    private String answer = "{\"well\": true}";
    private String authorization = "";

    @Command(name = "look")
    static final class Look extends OnlineCommand {
        @Override
        public Integer call() {
            print(usher().get("/api/look"));
            return ExitCode.GOOD;
        }
    }

    @BeforeEach
    void anUsherAnswers() throws IOException {
        usher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        usher.createContext("/", exchange -> {
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            var body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        usher.start();
        Files.writeString(folder.resolve("command.key"), "the-key\n");
    }

    @AfterEach
    void usherEnds() {
        usher.stop(0);
    }

    private int run(String... arguments) {
        CommandLine line = UsherCommand.line();
        line.addSubcommand(new Look());
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int look() {
        return look("http://127.0.0.1:" + usher.getAddress().getPort());
    }

    private int look(String url) {
        return run(
                "look",
                "--url",
                url,
                "--key-file",
                folder.resolve("command.key").toString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aWordIsACommandAndASettingIsNot() {
        assertThat(UsherCommand.isMeant("help")).isTrue();
        assertThat(UsherCommand.isMeant("--help")).isTrue();
        assertThat(UsherCommand.isMeant("--server.port=0")).isFalse();
        assertThat(UsherCommand.isMeant()).isFalse();
    }

    @Test
    void helpNamesTheCommandsAndTheExitCodes() {
        assertThat(run("help")).isZero();

        assertThat(out.toString()).contains("Commands:", "help", "Exit codes:", "does not answer");
    }

    @Test
    void anUnknownCommandIsRefusedInWords() {
        assertThat(run("lok")).isEqualTo(ExitCode.WRONG_USE);

        assertThat(err.toString()).contains("lok").doesNotContain("\tat ");
    }

    @Test
    void theAnswerIsPrintedAndTheKeyIsSent() {
        assertThat(look()).isZero();

        assertThat(out.toString()).contains("\"well\" : true");
        assertThat(authorization).isEqualTo("Bearer the-key");
    }

    @Test
    void aProblemIsPrintedAsUsherSaidIt() {
        status = 404;
        answer = "{\"status\": 404, \"detail\": \"there is no dead letter 7: look at them by GET /api/dead-letters\"}";

        assertThat(look()).isEqualTo(ExitCode.WRONG_USE);

        assertThat(err.toString().strip())
                .isEqualTo("there is no dead letter 7: look at them by GET /api/dead-letters");
    }

    @Test
    void aFaultOfUsherIsNoWrongUse() {
        status = 503;
        answer = "{\"status\": 503, \"detail\": \"the database does not answer\"}";

        assertThat(look()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void aKeyOfAnotherUsherIsRefusedInWords() {
        status = 401;

        assertThat(look()).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(err.toString()).contains("does not accept the key of", "command.key", "--key-file");
    }

    @Test
    void anotherServerIsNotTakenForUsher() {
        status = 404;
        answer = "<html>nothing here</html>";

        assertThat(look()).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(err.toString()).contains("is not one of Usher", "--url");
    }

    @Test
    void whereNobodyListensItSaysWhereAndWhatToDo() throws IOException {
        int port = freePort();

        assertThat(look("http://127.0.0.1:" + port)).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(err.toString()).contains("does not answer at http://127.0.0.1:" + port, "Start it");
    }

    @Test
    void aMissingKeyIsToldWithItsPlace() {
        int code = run("look", "--url", "http://127.0.0.1:1", "--key-file", "nowhere/command.key");

        assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString()).contains("nowhere/command.key", "NoSuchFileException", "--key-file");
    }

    @Test
    void aWrongAddressIsWrongUse() {
        assertThat(look("localhost")).isEqualTo(ExitCode.WRONG_USE);

        assertThat(err.toString()).contains("--url is \"localhost\"");
    }

    @Test
    void whatIsNotSaidComesFromTheConfiguration() {
        var place = new Place(null, null);

        assertThat(place.url()).hasToString("http://127.0.0.1:8080");
        assertThat(place.keyFile()).isEqualTo(Path.of("data", "command.key"));
    }
}
