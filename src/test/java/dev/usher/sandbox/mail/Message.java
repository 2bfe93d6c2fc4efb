package dev.usher.sandbox.mail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;

/**
 * A mail as it was handed over.
 *
 * @param raw headers and body with line ends as sent
 */
record Message(Instant at, String from, List<String> to, byte[] raw) {

    /** {@code {"from","to","subject","body","messageId","at"}}; several recipients are joined by a comma. */
    ObjectNode toJson() {
        ObjectNode json = Json.object().put("from", from).put("to", String.join(",", to));
        try {
            MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
            json.put("subject", mail.getSubject())
                    .put("body", text(mail.getContent()).trim());
            json.put("messageId", mail.getMessageID());
        } catch (MessagingException | IOException e) {
            json.put("unreadable", e.getMessage());
        }
        return json.put("at", at.toString());
    }

    private static String text(Object content) throws MessagingException, IOException {
        if (content instanceof MimeMultipart parts) {
            BodyPart first = parts.getBodyPart(0);
            return text(first.getContent());
        }
        return content instanceof String text ? text : "";
    }
}
