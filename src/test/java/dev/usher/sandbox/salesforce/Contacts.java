package dev.usher.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The Contacts of the org, by their ids. */
final class Contacts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);
    private static final String PREFIX = "0030000000";

    private final Clock clock;
    private final DuplicateRule duplicates;
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
    private int last;

    Contacts(Clock clock, DuplicateRule duplicates) {
        this.clock = clock;
        this.duplicates = duplicates;
    }

    synchronized List<ObjectNode> all() {
        return byId.values().stream().map(ObjectNode::deepCopy).toList();
    }

    synchronized void clear() {
        byId.clear();
    }

    /** Upsert by external id: 201, 200, 300 where the value is not unique, 400. */
    synchronized Answer upsert(String externalId, JsonNode body, boolean updateOnly, Save save) {
        List<ObjectNode> found = byExternalId(externalId);
        if (found.size() > 1) {
            return severalMatches(found, save.base());
        }
        if (found.isEmpty() && updateOnly) {
            return SalesforceErrors.notFound();
        }
        Answer refusal = ContactFields.refusal(body, found.isEmpty());
        if (refusal == null) {
            String own = found.isEmpty() ? "" : found.get(0).path("Id").asText();
            refusal = duplicates.refusal(body, own, byId.values(), save.allowed());
        }
        if (refusal != null) {
            return refusal;
        }
        ObjectNode contact = found.isEmpty() ? blank(externalId) : found.get(0);
        change(contact, body);
        ObjectNode answer = Json.object().put("id", contact.path("Id").asText()).put("success", true);
        answer.putArray("errors");
        return Answer.json(found.isEmpty() ? 201 : 200, answer.put("created", found.isEmpty()));
    }

    /**
     * How an upsert is to be saved.
     *
     * @param allowed whether the caller said that duplicates may be saved
     * @param base path of the sobject, for the links of several matches
     */
    record Save(boolean allowed, String base) {}

    synchronized Answer get(String externalId, String base) {
        List<ObjectNode> found = byExternalId(externalId);
        return switch (found.size()) {
            case 0 -> SalesforceErrors.notFound();
            case 1 -> {
                ObjectNode shown = Json.object();
                shown.putObject("attributes")
                        .put("type", "Contact")
                        .put("url", base + "/" + found.get(0).path("Id").asText());
                yield Answer.json(200, shown.setAll(found.get(0)));
            }
            default -> severalMatches(found, base);
        };
    }

    synchronized Answer delete(String externalId, String base) {
        List<ObjectNode> found = byExternalId(externalId);
        return switch (found.size()) {
            case 0 -> SalesforceErrors.notFound();
            case 1 -> {
                remove(found.get(0).path("Id").asText());
                yield Answer.empty(204);
            }
            default -> severalMatches(found, base);
        };
    }

    /** Somebody makes a Contact in the user interface; no rule looks at it. @return its id */
    synchronized String makeByHand(JsonNode fields) {
        ObjectNode contact = blank("");
        change(contact, fields);
        return contact.path("Id").asText();
    }

    /** Somebody changes a Contact in the user interface. False when there is no such Contact. */
    synchronized boolean changeByHand(String id, JsonNode fields) {
        ObjectNode contact = byId.get(id);
        if (contact == null) {
            return false;
        }
        change(contact, fields);
        return true;
    }

    /** False when there is no such Contact. */
    synchronized boolean remove(String id) {
        return byId.remove(id) != null;
    }

    private List<ObjectNode> byExternalId(String value) {
        return byId.values().stream()
                .filter(contact -> contact.path(Org.EXTERNAL_ID).asText().equalsIgnoreCase(value))
                .toList();
    }

    private static Answer severalMatches(List<ObjectNode> found, String base) {
        ArrayNode links = Json.array();
        found.forEach(contact -> links.add(base + "/" + contact.path("Id").asText()));
        return Answer.json(300, links);
    }

    private ObjectNode blank(String externalId) {
        String id = PREFIX + String.format("%05d", ++last) + "AA" + (char) ('A' + last % 26);
        ObjectNode contact = Json.object().put("Id", id);
        ContactFields.LENGTHS.keySet().forEach(contact::putNull);
        contact.put("Name", "").put(Org.EXTERNAL_ID, externalId.isEmpty() ? null : externalId);
        contact.put("CreatedDate", TIME.format(clock.instant())).put("LastModifiedDate", "");
        byId.put(id, contact);
        return contact;
    }

    private void change(ObjectNode contact, JsonNode body) {
        body.properties().forEach(one -> {
            boolean cleared = one.getValue().isNull() || one.getValue().asText().isEmpty();
            contact.put(one.getKey(), cleared ? null : one.getValue().asText());
        });
        String name = Optional.ofNullable(contact.path("FirstName").textValue())
                        .map(given -> given + " ")
                        .orElse("")
                + Objects.requireNonNullElse(contact.path("LastName").textValue(), "");
        contact.put("Name", name).put("LastModifiedDate", TIME.format(clock.instant()));
    }
}
