package dev.usher.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The org's rule against two Contacts with one address: off, an alert that may be passed over, or a block. */
final class DuplicateRule {

    enum Mode {
        OFF,
        ALERT,
        BLOCK
    }

    private volatile Mode mode = Mode.OFF;
    private volatile boolean misspelt;

    /** @param misspelled the vendor's answers name the member {@code duplicateResut} in some versions */
    void set(Mode newMode, boolean misspelled) {
        mode = newMode;
        misspelt = misspelled;
    }

    /** Null when the Contact may be saved. @param own id of the Contact that is written; empty for a new one */
    @Nullable
    Answer refusal(JsonNode body, String own, Collection<ObjectNode> all, boolean allowed) {
        String email = body.path("Email").asText("");
        if (mode == Mode.OFF || mode == Mode.ALERT && allowed || email.isEmpty()) {
            return null;
        }
        List<String> matches = all.stream()
                .filter(contact -> contact.path("Email").asText("").equalsIgnoreCase(email))
                .map(contact -> contact.path("Id").asText())
                .filter(id -> !id.equals(own))
                .toList();
        return matches.isEmpty() ? null : detected(matches);
    }

    private Answer detected(List<String> matches) {
        ArrayNode body = Json.array();
        ObjectNode result = body.addObject()
                .put("message", "Use one of these records?")
                .put("errorCode", "DUPLICATES_DETECTED")
                .putObject(misspelt ? "duplicateResut" : "duplicateResult")
                .put("allowSave", mode == Mode.ALERT)
                .put("duplicateRule", "Standard_Contact_Duplicate_Rule")
                .put("duplicateRuleEntityType", "Contact")
                .put("errorMessage", "Use one of these records?");
        ObjectNode found = result.putArray("matchResults")
                .addObject()
                .put("entityType", "Contact")
                .put("matchEngine", "ExactMatchEngine")
                .put("rule", "Standard_Contact_Match_Rule_v1_1")
                .put("size", matches.size())
                .put("success", true);
        ArrayNode records = found.putArray("matchRecords");
        matches.forEach(id -> {
            ObjectNode record =
                    records.addObject().put("matchConfidence", 100.0).putObject("record");
            record.putObject("attributes").put("type", "Contact");
            record.put("Id", id);
        });
        return Answer.json(400, "application/json;charset=UTF-8", body);
    }
}
