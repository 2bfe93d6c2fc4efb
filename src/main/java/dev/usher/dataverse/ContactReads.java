package dev.usher.dataverse;

import dev.usher.event.Urgency;
import dev.usher.gather.Attempt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads contacts, many in one request: by their ids, or by the users they belong to. */
@Component
final class ContactReads {

    private final WebApi api;
    private final DataverseSettings.Columns columns;
    private final String select;

    ContactReads(WebApi api, DataverseSettings settings) {
        this.api = api;
        this.columns = settings.columns();
        this.select = "contacts?$select=" + String.join(",", Contact.selected(columns)) + "&$filter=";
    }

    /** One attempt per object id, in their order: all contacts of that user. It throws nothing. */
    List<Attempt<List<Contact>>> ofUsers(List<String> objectIds) {
        return read(objectIds, columns.userName(), Contact::objectId, Urgency.LIVE);
    }

    /** The same, behind what somebody waits for. */
    List<Attempt<List<Contact>>> ofUsersBehind(List<String> objectIds) {
        return read(objectIds, columns.userName(), Contact::objectId, Urgency.BULK);
    }

    /** One attempt per contact id, in their order: the contact, or an empty list when there is none. It throws nothing. */
    List<Attempt<List<Contact>>> byIds(List<String> contactIds) {
        return read(contactIds, "contactid", Contact::id, Urgency.LIVE);
    }

    private List<Attempt<List<Contact>>> read(
            List<String> keys, String column, Function<Contact, @Nullable String> keyOf, Urgency urgency) {
        var wanted = keys.stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        try {
            var found = rows(wanted, column, keyOf, urgency);
            return keys.stream()
                    .map(key -> Attempt.succeeded(found.getOrDefault(key.toLowerCase(Locale.ROOT), List.of())))
                    .toList();
        } catch (IOException | HttpOperationFailedException | RuntimeException e) {
            return keys.stream().map(key -> Attempt.<List<Contact>>failed(e)).toList();
        }
    }

    private Map<String, List<Contact>> rows(
            List<String> keys, String column, Function<Contact, @Nullable String> keyOf, Urgency urgency)
            throws IOException, HttpOperationFailedException {
        var values =
                keys.stream().map(key -> "'" + key.replace("'", "''") + "'").collect(Collectors.joining(",", "[", "]"));
        var filter = "Microsoft.Dynamics.CRM.In(PropertyName='" + column + "',PropertyValues=" + values + ")";
        var rows = api.get(select + WebApi.encoded(filter), "", urgency).path("value");
        if (!rows.isArray()) {
            throw new IOException("Dataverse answered with something that is no list of contacts");
        }
        var found = new HashMap<String, List<Contact>>();
        for (var row : rows) {
            var contact = Contact.of(row, columns);
            var key = keyOf.apply(contact);
            if (key != null) {
                found.computeIfAbsent(key, k -> new ArrayList<>()).add(contact);
            }
        }
        return found;
    }
}
