package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user at one moment; a change makes another one.
 *
 * @param sequence grows with each user made: the order of lists
 * @param properties everything Graph knows of the user; never changed in place
 * @param readableFrom until then replicas answer 404
 * @param mailsSet every distinct {@code mail} it was ever given, lower case: they stay in {@code proxyAddresses}, and B2C takes at most ten
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

    /** Values that are unique in the tenant, lower case: the principal name, the identities and every mail address. */
    List<Unique> uniques() {
        List<Unique> uniques = new ArrayList<>();
        uniques.add(unique("userPrincipalName", userPrincipalName()));
        for (JsonNode identity : properties.path("identities")) {
            if (!identity.path("signInType").asText().equals("userPrincipalName")) {
                uniques.add(identity(
                        identity.path("issuer").asText(),
                        identity.path("issuerAssignedId").asText()));
            }
        }
        mailsSet.forEach(mail -> uniques.add(unique("proxyAddresses", mail)));
        return uniques;
    }

    /** A value no two users may share, and the property a conflict names. */
    record Unique(String property, String value) {}

    /** An identity is unique by issuer and id together. */
    static Unique identity(String issuer, String assigned) {
        return unique("identities", issuer + "|" + assigned);
    }

    private static Unique unique(String property, String value) {
        return new Unique(property, value.toLowerCase(Locale.ROOT));
    }

    /** The addresses as Graph shows them: the present {@code mail} is the primary one. */
    static List<String> proxyAddresses(JsonNode mail, Set<String> mails) {
        Stream<String> primary = mail.isTextual() ? Stream.of("SMTP:" + mail.textValue()) : Stream.empty();
        Stream<String> others = mails.stream()
                .filter(one -> !one.equalsIgnoreCase(mail.asText()))
                .sorted();
        return Stream.concat(primary, others.map(one -> "smtp:" + one)).toList();
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
