package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.dataverse.ChangeLink.Phase;
import dev.usher.event.IdentityEvent;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A page of contacts, or of changes to them.
 *
 * @param events what it tells
 * @param following what is read after it
 * @param last whether that is for the next poll
 */
record ContactPage(List<IdentityEvent> events, ChangeLink following, boolean last) {

    /**
     * @param page as Dataverse answered
     * @param at the link that was followed
     * @throws IOException when there is no link to what follows
     */
    static ContactPage of(JsonNode page, ChangeLink at, DataverseSettings.Columns columns, Instant now)
            throws IOException {
        var delta = page.path("@odata.deltaLink").textValue();
        var following = delta == null ? page.path("@odata.nextLink").textValue() : delta;
        if (following == null || !page.path("value").isArray()) {
            throw new IOException("a page without a link to the next one");
        }
        var events = new ArrayList<IdentityEvent>();
        for (var row : page.path("value")) {
            var event = at.phase() == Phase.SILENT ? null : event(row, at.phase(), columns, now);
            if (event != null) {
                events.add(event);
            }
        }
        var begunAt = at.phase() == Phase.CHANGES || delta == null ? at.begunAt() : now;
        return new ContactPage(
                events,
                new ChangeLink(following, delta == null ? at.phase() : Phase.CHANGES, begunAt, now),
                delta != null);
    }

    private static @Nullable IdentityEvent event(
            JsonNode row, Phase phase, DataverseSettings.Columns columns, Instant now) {
        boolean deleted = row.path("reason").asText("").equals("deleted");
        var contactId = row.path(deleted ? "id" : "contactid").asText("").toLowerCase(Locale.ROOT);
        var user = Contact.objectId(row, columns);
        if (contactId.isEmpty() || phase == Phase.FULL && user == null) {
            return null;
        }
        var version = deleted ? "deleted" : row.path("@odata.etag").asText("").replaceAll("\\D", "");
        return new IdentityEvent(
                contactId + "@" + version,
                ContactChanges.SOURCE,
                deleted ? "contact.deleted" : "contact.updated",
                user,
                now.truncatedTo(ChronoUnit.MICROS),
                JsonNodeFactory.instance.objectNode().put(IdentityEvent.CONTACT, contactId));
    }
}
