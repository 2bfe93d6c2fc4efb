package dev.usher.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.UsherApplication;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.mail.MailSystem;
import dev.usher.sandbox.server.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The route report-alarms, with a mailbox at its end. */
class ReportAlarmsTest {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Fault CUT_AFTER_ONCE =
            new Fault(null, null, Duration.ZERO, Fault.Cut.AFTER, false, 1.0, 1, null);

    @TempDir
    static Path folder;

    private static Sandbox sandbox;
    private static ConfigurableApplicationContext usher;
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxPorts.random());
        var application = new SpringApplicationBuilder(UsherApplication.class)
                .profiles("sandbox")
                .registerShutdownHook(false);
        sandbox.properties().forEach((key, value) -> application.properties(key + "=" + value));
        usher = application.run(
                "--usher.data=" + folder,
                "--spring.artemis.embedded.persistent=false",
                "--spring.datasource.url=jdbc:h2:mem:alarms",
                "--usher.mail.port=" + sandbox.port("mail"),
                "--usher.mail.username=usher",
                "--usher.mail.password=a-password-of-the-mailbox",
                "--usher.entra.poll.enabled=false",
                "--usher.alerts.limits.webhook=1d",
                "--usher.alerts.limits.registration=1d",
                "--usher.alerts.cron=0/1 * * * * ?",
                "--usher.alerts.digest=3s",
                "--usher.alerts.retry.first=1s",
                "--server.port=0",
                "--management.server.port=0");
        jdbc = usher.getBean(JdbcTemplate.class);
    }

    @AfterAll
    static void stop() {
        usher.close();
        sandbox.close();
    }

    @BeforeEach
    void setUp() {
        sandbox.system("mail").reset();
        jdbc.update("delete from dead_letter");
        jdbc.update("delete from alarm");
        jdbc.update("delete from alarm_notice");
    }

    private static void park() {
        jdbc.update(
                "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state,"
                        + " reported) values (?, ?, ?, 'stripe', 'event-1', 'user.created', 'HTTP 400', 1, 'open', false)",
                UUID.randomUUID().toString(),
                System.currentTimeMillis(),
                UUID.randomUUID().toString());
    }

    private static List<ObjectNode> mails() {
        return sandbox.system("mail").records();
    }

    private static void awaitMails(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(mails()).hasSize(count));
    }

    @Test
    void theAdministratorHearsOfTheFirstOfTheRestAndOfTheEnd() {
        park();
        awaitMails(1);
        park();
        park();
        awaitMails(2);
        jdbc.update("update dead_letter set state = 'dismissed'");
        awaitMails(3);

        assertThat(mails())
                .extracting(mail -> mail.path("subject").asText())
                .containsExactly(
                        "Usher: 1 delivery parked: stripe 1",
                        "Usher: 2 deliveries parked: stripe 2",
                        "Usher: all clear, no delivery is parked");
        assertThat(mails())
                .allSatisfy(mail -> assertThat(mail.path("to").asText()).isEqualTo("operator@usher.test"));
        assertThat(mails()).extracting(mail -> mail.path("messageId").asText()).doesNotHaveDuplicates();
    }

    @Test
    void aRefusedMailArrivesOnceTheServerIsWell() {
        sandbox.system("mail").faults().replace(List.of(Fault.answering(451)));
        park();
        await().atMost(SOON).until(() -> sandbox.system("mail").calls().size() >= 2);

        sandbox.system("mail").faults().heal();

        awaitMails(1);
    }

    @Test
    void aMailWhoseAnswerWasLostIsRepeatedUnderTheSameMessageId() {
        sandbox.system("mail").faults().replace(List.of(CUT_AFTER_ONCE));
        park();

        awaitMails(2);

        assertThat(mails().get(0).path("messageId")).isEqualTo(mails().get(1).path("messageId"));
        assertThat(mails().get(0).path("body")).isEqualTo(mails().get(1).path("body"));
    }

    @Test
    void usherLogsInWhereTheMailServerAsksForIt() {
        login("usher", "a-password-of-the-mailbox");
        park();

        awaitMails(1);
    }

    @Test
    void aLoginThatIsRefusedIsTriedAgain() {
        login("usher", "another-password");
        park();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(((MailSystem) sandbox.system("mail")).refusedLogins())
                        .isPositive());

        login("usher", "a-password-of-the-mailbox");

        awaitMails(1);
    }

    private static void login(String user, String password) {
        sandbox.system("mail")
                .control(
                        "PUT",
                        "settings",
                        JsonNodeFactory.instance.objectNode().put("user", user).put("password", password));
    }
}
