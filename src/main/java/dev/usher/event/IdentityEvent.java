package dev.usher.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * Says that something happened to a user, as a CloudEvents 1.0 envelope; it does not say what the user is like now.
 *
 * @param id unique within its source
 * @param source where the change was seen, such as {@code /entra/audit-log}
 * @param type what happened, such as {@code user.created}
 * @param subject the Entra object id; null when the source does not know it
 * @param time when it happened at the source
 * @param data what the source knows of the user; null when the user must be re-read
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents JSON</a>
 */
public record IdentityEvent(
        String id,
        String source,
        String type,
        @Nullable String subject,
        Instant time,
        @Nullable ObjectNode data) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Usher's extension of the SCIM user (RFC 7643, 3.3): consent, customer type, state, foreign ids. */
    public static final String EXTENSION = "urn:dev:usher:scim:schemas:extension:2.0:User";

    /** Member of the data of a contact's event: the contact's id. */
    public static final String CONTACT = "contactId";

    /** Whom or what it is about: the user, or the contact where the user is not known; null when neither is. */
    public @Nullable String about() {
        return subject != null || data == null ? subject : data.path(CONTACT).textValue();
    }

    /** The same, of a user that meanwhile is known. */
    public IdentityEvent of(String user) {
        return new IdentityEvent(id, source, type, user, time, data);
    }

    /** The structured JSON form, on one line. */
    public String toJson() {
        var envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("specversion", "1.0");
        envelope.put("id", id);
        envelope.put("source", source);
        envelope.put("type", type);
        if (subject != null) {
            envelope.put("subject", subject);
        }
        envelope.put("time", time.toString());
        if (data != null) {
            envelope.put("datacontenttype", "application/json");
            envelope.set("data", data);
        }
        return envelope.toString();
    }

    /**
     * Reads the structured JSON form; members that Usher does not know are ignored.
     *
     * @throws IllegalArgumentException when it is not such an event; the message names the member, never its value
     */
    public static IdentityEvent parse(String json) {
        JsonNode envelope;
        try {
            envelope = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an identity event is not JSON: send a CloudEvents 1.0 envelope");
        }
        if (!"1.0".equals(envelope.path("specversion").textValue())) {
            throw wrong("specversion", "\"1.0\"");
        }
        var data = envelope.path("data");
        if (!data.isMissingNode() && !data.isNull() && !data.isObject()) {
            throw wrong("data", "an object, or absent");
        }
        var subject = envelope.path("subject");
        if (!subject.isMissingNode() && !subject.isNull() && !subject.isTextual()) {
            throw wrong("subject", "an Entra object id, or absent");
        }
        return new IdentityEvent(
                text(envelope, "id"),
                text(envelope, "source"),
                text(envelope, "type"),
                subject.textValue(),
                time(text(envelope, "time")),
                data instanceof ObjectNode object ? object : null);
    }

    private static String text(JsonNode envelope, String member) {
        var value = envelope.path(member).textValue();
        if (value == null || value.isBlank()) {
            throw wrong(member, "a text that is not empty");
        }
        return value;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong("time", "an RFC 3339 time such as 2026-03-02T10:15:22Z");
        }
    }

    private static IllegalArgumentException wrong(String member, String expected) {
        return new IllegalArgumentException(
                "member '" + member + "' of an identity event is missing or wrong: it must be " + expected);
    }
}
