package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.entra.AuditRecord.Activity;
import dev.usher.sandbox.entra.AuditRecord.Initiator;
import dev.usher.sandbox.entra.DirectoryUser.Unique;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The users of the tenant and the audit log of what happens to them. */
final class Directory {
    private final Clock clock;
    private final AuditLog audit = new AuditLog();
    private final ExtensionAttributes extensions = new ExtensionAttributes();
    private final Grants grants = new Grants();
    private final Map<String, DirectoryUser> byId = new ConcurrentHashMap<>();
    private final Map<Unique, String> uniques = new ConcurrentHashMap<>();
    private final NavigableMap<Long, String> bySequence = new ConcurrentSkipListMap<>();
    private long sequence;

    Directory(Clock clock) {
        this.clock = clock;
    }

    AuditLog audit() {
        return audit;
    }

    ExtensionAttributes extensions() {
        return extensions;
    }

    Grants grants() {
        return grants;
    }

    /** The live users after a place, in the order they were made. */
    NavigableMap<Long, String> after(long place) {
        return bySequence.tailMap(place, false);
    }

    @Nullable
    DirectoryUser find(String idOrPrincipalName) {
        DirectoryUser user = byId.get(idOrPrincipalName);
        if (user != null) {
            return user;
        }
        String id = uniques.get(new Unique("userPrincipalName", idOrPrincipalName.toLowerCase(Locale.ROOT)));
        return id == null ? null : byId.get(id);
    }

    /** Whether somebody signs in with this address already. */
    boolean knows(String email) {
        return uniques.containsKey(DirectoryUser.identity(EntraTenant.DOMAIN, email));
    }

    /** @throws ConflictException when somebody has signed up with this address */
    synchronized String signUp(SignUp signUp) {
        if (knows(signUp.email())) {
            throw new ConflictException("identities");
        }
        signUp.extensions().forEach(extensions::define);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String id = RandomIds.uuid();
        DirectoryUser user = new DirectoryUser(
                ++sequence,
                id,
                NewUser.properties(id, now, signUp),
                now,
                now.plus(signUp.readDelay()),
                false,
                Set.of());
        byId.put(id, user);
        user.uniques().forEach(unique -> uniques.put(unique, id));
        bySequence.put(user.sequence(), id);
        signedUp(user, now, signUp.auditDelay());
        return id;
    }

    private void signedUp(DirectoryUser user, Instant now, Duration delay) {
        String correlation = AuditLog.correlationId();
        Instant visible = now.plus(delay);
        Initiator initiator = Initiator.values()[(int) (user.sequence() % Initiator.values().length)];
        Map<String, String> added = new LinkedHashMap<>();
        added.put("AccountEnabled", "true");
        added.put("DisplayName", user.properties().get("displayName").toString());
        added.put("StsRefreshTokensValidFrom", "\"" + now.truncatedTo(ChronoUnit.SECONDS) + "\"");
        added.put("UserType", "\"Member\"");
        write(Activity.UPDATE_PASSWORD, now.minusMillis(200), visible, correlation, user, initiator, Map.of());
        write(Activity.ADD_USER, now, visible, correlation, user, initiator, added);
        write(Activity.SIGNED_UP, now.plusMillis(1), visible, correlation, user, Initiator.NOBODY, Map.of());
        write(Activity.ISSUED_TOKEN, now.plusMillis(2), visible, correlation, user, Initiator.NOBODY, Map.of());
    }

    /** When and by whom a change is made, for its audit records. */
    record Change(@Nullable Instant happened, Duration auditDelay, Initiator initiator) {}

    /**
     * Puts changed properties in the place of a user's old ones, and writes the audit records.
     *
     * @throws ConflictException when another user has one of the unique values
     */
    synchronized void change(DirectoryUser seen, ObjectNode changed, Set<String> mails, Change how) {
        DirectoryUser before = byId.getOrDefault(seen.id(), seen);
        ArrayNode proxies = changed.putArray("proxyAddresses");
        DirectoryUser.proxyAddresses(changed.path("mail"), mails).forEach(proxies::add);
        DirectoryUser after = before.with(changed, mails);
        List<Unique> claimed = new ArrayList<>();
        for (Unique unique : after.uniques()) {
            String owner = uniques.get(unique);
            if (owner != null && !owner.equals(after.id())) {
                throw new ConflictException(unique.property());
            }
            claimed.add(unique);
        }
        before.uniques().forEach(uniques::remove);
        claimed.forEach(unique -> uniques.put(unique, after.id()));
        byId.put(after.id(), after);
        changed(before, after, how);
    }

    private void changed(DirectoryUser before, DirectoryUser after, Change how) {
        Map<String, String> changes = new LinkedHashMap<>();
        after.properties().properties().forEach(one -> {
            JsonNode old = before.properties().get(one.getKey());
            if (!one.getValue().equals(old)) {
                changes.put(audited(one.getKey()), one.getValue().toString());
            }
        });
        if (before.enabled() != after.enabled()) {
            record(after.enabled() ? Activity.ENABLE_ACCOUNT : Activity.DISABLE_ACCOUNT, after, how, Map.of());
        }
        record(Activity.UPDATE_USER, after, how, changes);
    }

    private static String audited(String property) {
        return property.startsWith("extension_")
                ? property
                : Character.toUpperCase(property.charAt(0)) + property.substring(1);
    }

    /** Deletes softly. False when there is no such user. */
    synchronized boolean delete(String id, Change how) {
        DirectoryUser user = byId.get(id);
        if (user == null || user.deleted()) {
            return false;
        }
        byId.put(id, user.deleted(true));
        bySequence.remove(user.sequence());
        user.uniques().forEach(uniques::remove);
        record(Activity.DELETE_USER, user, how, Map.of("Is Hard Deleted", "false"));
        return true;
    }

    /** Brings a softly deleted user back. False when there is none. */
    synchronized boolean restore(String id, Change how) {
        DirectoryUser user = byId.get(id);
        if (user == null || !user.deleted()) {
            return false;
        }
        for (Unique unique : user.uniques()) {
            if (uniques.containsKey(unique)) {
                throw new ConflictException(unique.property());
            }
        }
        byId.put(id, user.deleted(false));
        bySequence.put(user.sequence(), id);
        user.uniques().forEach(unique -> uniques.put(unique, id));
        record(Activity.RESTORE_USER, user, how, Map.of());
        return true;
    }

    private void record(Activity activity, DirectoryUser user, Change how, Map<String, String> changes) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        write(
                activity,
                how.happened() == null ? now : how.happened(),
                now.plus(how.auditDelay()),
                AuditLog.correlationId(),
                user,
                how.initiator(),
                changes);
    }

    private void write(
            Activity activity,
            Instant happened,
            Instant visible,
            String correlation,
            DirectoryUser user,
            Initiator initiator,
            Map<String, String> changes) {
        audit.add(new AuditLog.Entry(activity, happened, visible, correlation, user, initiator, changes));
    }

    synchronized void clear() {
        byId.clear();
        uniques.clear();
        bySequence.clear();
        audit.clear();
        extensions.clear();
        grants.clear();
    }

    List<ObjectNode> all() {
        return bySequence.values().stream()
                .map(id -> Optional.ofNullable(byId.get(id)))
                .flatMap(Optional::stream)
                .map(DirectoryUser::properties)
                .toList();
    }

    /** A value that must be unique belongs to somebody else. */
    static final class ConflictException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String property;

        ConflictException(String property) {
            super("another user has the same " + property);
            this.property = property;
        }

        String property() {
            return property;
        }
    }

    static ObjectNode identity(String type, String assigned) {
        return Json.object()
                .put("signInType", type)
                .put("issuer", EntraTenant.DOMAIN)
                .put("issuerAssignedId", assigned);
    }
}
