package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people do with contacts in front of Dataverse, with the Web API's column names. Wrong columns and unknown ids are answered with the
 * Web API's own errors.
 */
public final class Contacts {
    private final Organization organization;
    private final Payload payload;

    Contacts(Organization organization) {
        this.organization = organization;
        this.payload = new Payload(organization);
    }

    public Answer list() {
        synchronized (organization) {
            List<ObjectNode> all = organization.rows(Tables.CONTACT).all().stream()
                    .map(row -> row.shown(null))
                    .toList();
            return Answer.json(200, Json.array().addAll(all));
        }
    }

    public Answer read(String id) {
        return done(() -> Answer.json(200, existing(id).shown(null)));
    }

    /** @param webhook false: no step is told @return 201 with {@code contactId} */
    public Answer create(JsonNode body, boolean webhook) {
        return done(() -> {
            ObjectNode values = payload.read(Tables.CONTACT, body);
            Row made = organization.create(Tables.CONTACT, values, Writer.somebody(webhook));
            return Answer.json(201, Json.object().put("contactId", made.id()));
        });
    }

    public Answer change(String id, JsonNode body, boolean webhook) {
        return done(() -> {
            ObjectNode values = payload.read(Tables.CONTACT, body);
            organization.update(existing(id), values, Writer.somebody(webhook));
            return Answer.empty(204);
        });
    }

    /** Deletes a contact and what hangs on it. */
    public Answer delete(String id, boolean webhook) {
        return done(() -> {
            organization.delete(existing(id), Writer.somebody(webhook));
            return Answer.empty(204);
        });
    }

    /** Makes an external identity, as the portal does at a first sign-in; nothing hinders a twin. */
    public Answer identify(JsonNode body) {
        return done(() -> {
            Row made = organization.create(
                    Tables.EXTERNAL_IDENTITY, payload.read(Tables.EXTERNAL_IDENTITY, body), Writer.somebody(false));
            return Answer.json(201, Json.object().put("externalIdentityId", made.id()));
        });
    }

    /** @param body what every external identity of this user becomes; null deletes them */
    Answer changeIdentities(String user, @Nullable JsonNode body) {
        return done(() -> {
            for (Row row :
                    List.copyOf(organization.rows(Tables.EXTERNAL_IDENTITY).all())) {
                if (!row.shown(null).path("adx_username").asText().equals(user)) {
                    continue;
                }
                if (body == null) {
                    organization.delete(row, Writer.somebody(false));
                } else {
                    organization.update(row, payload.read(Tables.EXTERNAL_IDENTITY, body), Writer.somebody(false));
                }
            }
            return Answer.empty(204);
        });
    }

    private Row existing(String id) {
        Row row = organization.rows(Tables.CONTACT).get(id.toLowerCase(Locale.ROOT));
        if (row == null) {
            throw DataverseErrors.noRow(Tables.CONTACT, id);
        }
        return row;
    }

    private Answer done(Supplier<Answer> work) {
        synchronized (organization) {
            try {
                return organization.atomically(work);
            } catch (Refusal e) {
                return e.answer();
            }
        }
    }
}
