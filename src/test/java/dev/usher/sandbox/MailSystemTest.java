package dev.usher.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailSystemTest {
    private final Sandbox sandbox = Sandbox.start(SandboxPorts.random());
    private final SandboxClient client = new SandboxClient(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aMailArrivesAsItWasWritten() throws MessagingException {
        send("Grüße", "First line\n.\nafter a dot: äöü\n");

        JsonNode mail = client.records("mail").get(0);
        assertThat(mail.get("from").textValue()).isEqualTo("usher@mail.test");
        assertThat(mail.get("to").textValue()).isEqualTo("admin@mail.test");
        assertThat(mail.get("subject").textValue()).isEqualTo("Grüße");
        assertThat(mail.get("body").textValue().replace("\r", "")).isEqualTo("First line\n.\nafter a dot: äöü");
        assertThat(mail.get("messageId").textValue()).isNotBlank();
        assertThat(client.calls("mail").get(0).get("status").intValue()).isEqualTo(250);
    }

    @ParameterizedTest
    @CsvSource({"450,450", "550,550", "503,451"})
    void anOrderedStatusRefusesTheMail(int ordered, int answered) {
        client.control("PUT", "/systems/mail/faults", "{\"status\":" + ordered + ",\"count\":1}");

        assertThatThrownBy(() -> send("A", "a")).hasMessageContaining(String.valueOf(answered));

        assertThat(client.records("mail")).isEmpty();
        assertThat(client.calls("mail").get(0).get("status").intValue()).isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource({"'\"cut\":\"before\"',0", "'\"cut\":\"after\"',1", "'\"malformed\":true',1"})
    void aLostReplyLeavesTheSenderInDoubt(String fault, int arrived) throws MessagingException {
        client.control("PUT", "/systems/mail/faults", "{" + fault + ",\"count\":1}");

        assertThatThrownBy(() -> send("A", "a")).isInstanceOf(MessagingException.class);

        assertThat(client.records("mail")).hasSize(arrived);
        send("B", "b");
        assertThat(client.records("mail")).hasSize(arrived + 1);
    }

    @Test
    void whereALoginIsNeededOnlyTheRightOneIsTaken() throws MessagingException {
        client.control("PUT", "/systems/mail/settings", "{\"user\":\"usher\",\"password\":\"geheim ß\"}");

        assertThatThrownBy(() -> send("A", "a")).hasStackTraceContaining("530");
        for (String mechanism : new String[] {"PLAIN", "LOGIN"}) {
            assertThatThrownBy(() -> send("A", "a", mechanism, "wrong")).hasStackTraceContaining("535");
            send(mechanism, "a", mechanism, "geheim ß");
        }

        assertThat(client.records("mail").findValuesAsText("subject")).containsExactly("PLAIN", "LOGIN");
    }

    private void send(String subject, String text) throws MessagingException {
        send(subject, text, "", "");
    }

    private void send(String subject, String text, String mechanism, String password) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", String.valueOf(!mechanism.isEmpty()));
        properties.put("mail.smtp.auth.mechanisms", mechanism);
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", sandbox.properties().get("usher.mail.port"));
        properties.put("mail.smtp.timeout", "5000");
        MimeMessage mail = new MimeMessage(Session.getInstance(properties));
        mail.setFrom(new InternetAddress("usher@mail.test"));
        mail.setRecipient(RecipientType.TO, new InternetAddress("admin@mail.test"));
        mail.setSubject(subject, StandardCharsets.UTF_8.name());
        mail.setText(text, StandardCharsets.UTF_8.name());
        if (mechanism.isEmpty()) {
            Transport.send(mail);
        } else {
            Transport.send(mail, "usher", password);
        }
    }
}
