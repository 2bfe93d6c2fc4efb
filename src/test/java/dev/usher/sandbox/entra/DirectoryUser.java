package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A user at one moment; a change makes another one.
 *
 * @param sequence grows with each user made: the order of lists
 * @param properties everything Graph knows of the user; never changed in place
 * @param readableFrom until then replicas answer 404
 * @param mailsSet every distinct {@code mail} it was ever given: B2C takes at most ten
 */
record DirectoryUser(
        long sequence,
        String id,
        ObjectNode properties,
        Instant created,
        Instant readableFrom,
        boolean deleted,
        Set<String> mailsSet) {

    String userPrincipalName() {
        return properties.get("userPrincipalName").textValue();
    }

    boolean enabled() {
        return properties.get("accountEnabled").booleanValue();
    }

    boolean readable(Instant now) {
        return !deleted && !now.isBefore(readableFrom);
    }

    DirectoryUser with(ObjectNode changed, Set<String> mails) {
        return new DirectoryUser(sequence, id, changed, created, readableFrom, deleted, mails);
    }

    DirectoryUser deleted(boolean isDeleted) {
        return new DirectoryUser(sequence, id, properties, created, readableFrom, isDeleted, mailsSet);
    }

    /** Values that are unique in the tenant, lower case: the principal name, the identities and the mail address. */
    List<Unique> uniques() {
        return uniques(properties);
    }

    /** A value no two users may share, and the property a conflict names. */
    record Unique(String property, String value) {}

    static List<Unique> uniques(ObjectNode properties) {
        List<Unique> uniques = new ArrayList<>();
        uniques.add(unique("userPrincipalName", properties.path("userPrincipalName")));
        for (JsonNode identity : properties.path("identities")) {
            if (!identity.path("signInType").asText().equals("userPrincipalName")) {
                uniques.add(unique("identities", identity.path("issuerAssignedId")));
            }
        }
        if (properties.path("mail").isTextual()) {
            uniques.add(unique("proxyAddresses", properties.get("mail")));
        }
        return uniques;
    }

    private static Unique unique(String property, JsonNode value) {
        return new Unique(property, value.asText().toLowerCase(Locale.ROOT));
    }

    /** The value of a property that may stand in a filter. */
    @Nullable
    Object value(String property) {
        if (property.equals("createdDateTime")) {
            return created;
        }
        JsonNode value = properties.get(property);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            List<Function<String, @Nullable Object>> items = new ArrayList<>();
            value.forEach(item -> items.add(name -> item.path(name).asText(null)));
            return items;
        }
        return value.asText();
    }
}
