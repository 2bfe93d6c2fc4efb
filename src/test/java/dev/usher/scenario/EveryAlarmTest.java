package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.alert.AlertReceiver;
import dev.usher.sandbox.server.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that provokes every alarm: each is told once when it begins and once when it is over, by mail and by three webhooks. */
class EveryAlarmTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String AUDIT_LOG = "/entra/audit-log";
    private static final String PASSWORD = "of this test";
    private static final String CERTIFICATE = "usher.tokens.short-lived";
    private static final List<String> ALARMS = List.of(
            "contacts-unread",
            "dead-letters",
            "destination-paused:router",
            "destination-paused:stripe",
            "expiry:app-registration",
            "expiry:stripe-key",
            "expiry:" + CERTIFICATE,
            "mass-change",
            "people-missing",
            "queue-old:deliver.sql",
            "source-late:entra-audit-log",
            "source-silent:entra-audit-log",
            "source-stuck:dataverse-change-tracking",
            "source-stuck:entra-audit-log",
            "webhook-unhealthy");

    /** As the URLs of Teams workflows end. */
    private static final String SIGNED = "api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=aB-_9";

    @TempDir
    private Path folder;

    private AlertReceiver receiver;
    private Product product;
    private int people;

    @BeforeEach
    void start() throws Exception {
        receiver = new AlertReceiver();
        var settings = new LinkedHashMap<String, String>();
        settings.put("usher.alerts.cron", "0/1 * * * * ?");
        settings.put("usher.alerts.limits.paused", "1s");
        settings.put("usher.alerts.limits.queue-age", "4s");
        settings.put("usher.alerts.limits.webhook", "1s");
        settings.put("usher.alerts.limits.registration", "1s");
        settings.put("usher.alerts.limits.source-stuck", "10m");
        settings.put("usher.alerts.retry.first", "1s");
        settings.put(
                "usher.alerts.expiries.stripe-key",
                LocalDate.now(ZoneOffset.UTC).plusDays(7).toString());
        settings.put(CERTIFICATE + ".authority", "http://127.0.0.1:1/nobody");
        settings.put(CERTIFICATE + ".client-id", "nobody");
        settings.put(CERTIFICATE + ".certificate-file", certificate(7));
        settings.put(CERTIFICATE + ".certificate-password", PASSWORD);
        settings.put("usher.alerts.webhooks.slack.to", receiver.url("/slack"));
        settings.put("usher.alerts.webhooks.teams.to", receiver.url("/teams?" + SIGNED));
        settings.put("usher.alerts.webhooks.json.to", receiver.url("/json"));
        settings.put("usher.leaving.guard.least", "1");
        product = Product.start("every-alarm", settings);
    }

    @AfterEach
    void stop() {
        product.close();
        receiver.close();
    }

    /** @param days until it ends @return its file */
    private String certificate(int days) throws IOException, InterruptedException {
        var file = folder.resolve(days + ".pfx").toString();
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "usher",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=usher",
                "-validity",
                String.valueOf(days),
                "-storetype",
                "PKCS12",
                "-keystore",
                file,
                "-storepass",
                PASSWORD);
        assertThat(keytool.inheritIO().start().waitFor()).isZero();
        return file;
    }

    private List<JsonNode> told(String alarm) {
        return receiver.at("/json").stream()
                .filter(alert -> alert.path("alarm").asText().equals(alarm))
                .toList();
    }

    private List<String> states(String alarm) {
        return told(alarm).stream().map(alert -> alert.path("state").asText()).toList();
    }

    private void awaitRaised(String alarm) {
        await(alarm + " is raised").atMost(SOON).until(() -> states(alarm).equals(List.of("raised")));
    }

    private void awaitClear(String alarm) {
        await(alarm + " is over").atMost(SOON).until(() -> states(alarm).equals(List.of("raised", "clear")));
    }

    private String signUp() {
        var person = JsonNodeFactory.instance
                .objectNode()
                .put("email", "p" + ++people + "@example.org")
                .put("givenName", "P" + people);
        return product.control("POST", "/sign-ups", person).path("userId").asText();
    }

    private void fault(String system, int status) {
        product.sandbox().system(system).faults().replace(List.of(Fault.answering(status)));
    }

    @Test
    void eachIsToldOnceAndClearedOnceByEveryChannel() throws Exception {
        webhookAndExpiry();
        destinationAndQueue();
        router();
        contacts();
        deadLetter();
        source();
        missingPeople();
        massChange();
        everyKindOfAlarmIsAmongThese();
        product.database()
                .update(
                        "update watermark set polled_at = ? where source = ?",
                        Instant.now().minus(Duration.ofHours(1)).toEpochMilli(),
                        AUDIT_LOG);
        product.restart(Map.of(
                "usher.alerts.expiries.stripe-key",
                "2099-01-01",
                CERTIFICATE + ".certificate-file",
                certificate(3650)));
        awaitClear("expiry:stripe-key");
        awaitClear("expiry:" + CERTIFICATE);
        awaitRaised("source-stuck:entra-audit-log");
        product.quiet();
        awaitClear("source-stuck:entra-audit-log");

        var json = new TreeMap<String, List<String>>();
        receiver.at("/json")
                .forEach(
                        alert -> json.computeIfAbsent(alert.path("alarm").asText(), name -> new java.util.ArrayList<>())
                                .add(alert.path("state").asText()));
        var once = ALARMS.stream()
                .collect(Collectors.toMap(name -> name, name -> List.of("raised", "clear"), (a, b) -> a, TreeMap::new));
        assertThat(json).isEqualTo(once);
        await("every channel was told everything").atMost(SOON).untilAsserted(() -> {
            assertThat(receiver.at("/slack")).hasSize(2 * ALARMS.size());
            assertThat(receiver.at("/teams")).hasSize(2 * ALARMS.size());
            assertThat(mails()).hasSize(2 * ALARMS.size());
        });
        theyAllSayTheSame();
    }

    /** Each bean, and each kind of alarm of a bean, has been raised by this test. */
    private void everyKindOfAlarmIsAmongThese() {
        AlarmNamesTest.byBean(product).forEach((bean, names) -> {
            assertThat(names).as("alarms of " + bean).isNotEmpty().anyMatch(ALARMS::contains);
            var kinds = names.stream().map(AlarmNamesTest::kind).toList();
            assertThat(ALARMS)
                    .as("kinds of alarm")
                    .extracting(AlarmNamesTest::kind)
                    .containsAll(kinds);
        });
    }

    private List<JsonNode> mails() {
        return List.copyOf(product.sandbox().system("mail").records());
    }

    private void theyAllSayTheSame() {
        var subjects = receiver.at("/json").stream()
                .map(alert -> alert.path("subject").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(mails().stream().map(mail -> mail.path("subject").asText())).containsOnlyOnceElementsOf(subjects);
        assertThat(receiver.at("/slack").stream()
                        .map(message -> message.path("text").asText()))
                .containsOnlyOnceElementsOf(subjects);
        assertThat(receiver.at("/teams").stream()
                        .map(card ->
                                card.at("/attachments/0/content/body/0/text").asText()))
                .containsOnlyOnceElementsOf(subjects);
        assertThat(receiver.queries("/teams")).containsExactly(SIGNED);
        assertThat(receiver.at("/json")).allSatisfy(alert -> {
            assertThat(alert.path("text").asText()).isNotBlank().doesNotContain("@example.org");
            assertThat(alert.path("id").asText()).isNotBlank();
        });
    }

    private void webhookAndExpiry() {
        awaitRaised("webhook-unhealthy");
        awaitRaised("expiry:stripe-key");
        awaitRaised("expiry:" + CERTIFICATE);
        product.registerWebhook();
        awaitClear("webhook-unhealthy");
        secretHolds("P5D");
        awaitRaised("expiry:app-registration");
        secretHolds("P400D");
        awaitClear("expiry:app-registration");
    }

    private void secretHolds(String time) {
        product.control(
                "PUT",
                "/systems/entra/settings",
                JsonNodeFactory.instance.objectNode().put("secretHolds", time));
    }

    private void destinationAndQueue() {
        product.hold("sql");
        fault("stripe", 503);
        signUp();
        product.poll();
        awaitRaised("destination-paused:stripe");
        awaitRaised("queue-old:deliver.sql");
        product.sandbox().system("stripe").faults().heal();
        product.release("sql");
        awaitClear("destination-paused:stripe");
        awaitClear("queue-old:deliver.sql");
        product.quiet();
    }

    private void router() {
        signUp();
        product.control(
                "PUT",
                "/systems/entra/faults",
                JsonNodeFactory.instance.objectNode().put("status", 503).put("path", "/v1[.]0/([$]batch|users).*"));
        await("the sign-up is read, and the router paused")
                .atMost(SOON)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> {
                    product.poll();
                    return states("destination-paused:router").equals(List.of("raised"));
                });
        product.sandbox().system("entra").faults().heal();
        awaitClear("destination-paused:router");
        product.quiet();
    }

    private void contacts() {
        var ofUsers = Pattern.compile("Dynamics\\.CRM\\.In");
        var fault = new Fault(403, null, Duration.ZERO, null, false, 1, null, ofUsers);
        product.sandbox().system("dataverse").faults().replace(List.of(fault));
        signUp();
        await("contacts-unread is raised").atMost(SOON).until(() -> {
            product.poll();
            return states("contacts-unread").equals(List.of("raised"));
        });
        product.sandbox().system("dataverse").faults().heal();
        await("contacts-unread is over").atMost(SOON).until(() -> {
            product.lookAgainAtContacts();
            return states("contacts-unread").equals(List.of("raised", "clear"));
        });
        product.quiet();
    }

    private void deadLetter() {
        fault("stripe", 400);
        receiver.refuse("/slack", 503);
        signUp();
        product.quiet();
        awaitRaised("dead-letters");
        receiver.takeAll();
        product.sandbox().system("stripe").faults().heal();
        product.database().update("update dead_letter set state = 'dismissed'");
        awaitClear("dead-letters");
    }

    private void source() {
        product.pollContacts();
        long now = Instant.now().toEpochMilli();
        long hour = Duration.ofHours(1).toMillis();
        for (int i = 0; i < 30; i++) {
            product.database()
                    .update(
                            "insert into seen_record (source, record_id, happened_at) values (?, ?, ?)",
                            AUDIT_LOG,
                            UUID.randomUUID().toString(),
                            now - 5 * hour - i * hour / 2);
        }
        product.database()
                .update("update watermark set newest = ?, late = ? where source = ?", now - 5 * hour, hour, AUDIT_LOG);
        product.database().update("update change_link set read_at = ?", now - hour);
        awaitRaised("source-silent:entra-audit-log");
        awaitRaised("source-late:entra-audit-log");
        awaitRaised("source-stuck:dataverse-change-tracking");
        product.pollContacts();
        signUp();
        product.quiet();
        awaitClear("source-silent:entra-audit-log");
        awaitClear("source-late:entra-audit-log");
        awaitClear("source-stuck:dataverse-change-tracking");
    }

    private void missingPeople() {
        signUp();
        product.reconcile(JsonNodeFactory.instance.objectNode().put("mode", "repair"));
        awaitRaised("people-missing");
        await("everybody is there").atMost(SOON).until(() -> {
            product.reconcileOnePage();
            return product.reconciliation().path("state").asText().equals("finished");
        });
        awaitClear("people-missing");
        product.quiet();
    }

    private void massChange() {
        var users = List.of(signUp(), signUp(), signUp(), signUp());
        product.quiet();
        users.forEach(user -> product.control("DELETE", "/users/" + user, null));
        product.quiet();
        awaitRaised("mass-change");
        product.call(
                URI.create("http://127.0.0.1:" + product.settings().getProperty("local.management.port")
                        + "/actuator/masschange"),
                "POST",
                "{\"decision\": \"release\", \"by\": \"alice\"}",
                Map.of("Content-Type", "application/json"));
        awaitClear("mass-change");
        product.quiet();
    }
}
