package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.delivery.Refused;
import dev.usher.projection.StateUnavailable;
import java.io.IOException;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The bean {@code userAddress}, called by {@code deliver-entra}: makes the PATCH of a user's address. It goes by itself,
 * after everything else, so that an address somebody else has holds up nothing but itself.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/user-update">the rules of identities and mail</a>
 */
@Component("userAddress")
public final class UserAddress {

    private static final String MAIL = "mail";
    private static final String SIGN_IN = "signInAddress";
    private static final Set<String> POLICIES = Set.of("none", MAIL, "identity", "both");

    private final Directory directory;
    private final Fingerprint fingerprint;
    private final JdbcTemplate jdbc;
    private final int mailValues;

    /**
     * @param policy none, mail, identity or both
     * @param mailValues how many different values of mail the directory takes of one user; 0 for any number
     * @throws IllegalArgumentException for anything else
     */
    UserAddress(
            Directory directory,
            Fingerprint fingerprint,
            JdbcTemplate jdbc,
            @Value("${usher.destinations.entra.address:none}") String policy,
            @Value("${usher.destinations.entra.mail-values:10}") int mailValues) {
        if (!POLICIES.contains(policy)) {
            throw new IllegalArgumentException(
                    "usher.destinations.entra.address is '" + policy + "': set none, mail, identity or both");
        }
        if (mailValues < 0) {
            throw new IllegalArgumentException("usher.destinations.entra.mail-values is " + mailValues
                    + ": set 10 for Azure AD B2C, or 0 for a directory without such a limit");
        }
        this.directory = directory;
        this.fingerprint = fingerprint;
        this.jdbc = jdbc;
        this.mailValues = mailValues;
    }

    /** Leaves in the body what is not the address; the variable {@code content} keeps everything. */
    public void setAside(Exchange exchange) {
        var rest = content(exchange).deepCopy();
        rest.remove(Set.of(MAIL, SIGN_IN));
        exchange.getMessage().setBody(rest);
    }

    /**
     * Puts the PATCH of the address into the body; an empty object when there is nothing to change. The identities are
     * read again just before, because the directory replaces them as a whole: all are kept, and of the addresses to sign
     * in with the first is exchanged. A user without one, who signs in by another provider, is not given one.
     *
     * @throws Refused when the directory would take no further value of mail
     * @throws IOException when there was no answer, or the user is not shown
     * @throws HttpOperationFailedException when the directory refused the read
     */
    public void prepare(Exchange exchange) throws IOException, HttpOperationFailedException {
        var content = content(exchange);
        var patch = JsonNodeFactory.instance.objectNode();
        exchange.getMessage().setBody(patch);
        var subject = exchange.getVariable("subject", String.class);
        var address = content.path(SIGN_IN).textValue();
        if (address != null) {
            var user = directory.user(subject);
            if (user == null) {
                throw new IOException("the directory does not show the user");
            }
            var identities = identities(user.path("identities"), address, content.path("userPrincipalName"));
            if (identities != null) {
                patch.set("identities", identities);
            }
        }
        if (content.has(MAIL)) {
            count(subject, content.path(MAIL).textValue());
            patch.set(MAIL, content.get(MAIL));
        }
    }

    private static ObjectNode content(Exchange exchange) {
        return exchange.getVariable("content", ObjectNode.class);
    }

    /** Null when the address is there already, or has no place. A new user principal name may not be readable yet. */
    private static @Nullable ArrayNode identities(JsonNode shown, String address, JsonNode userName) {
        var identities = JsonNodeFactory.instance.arrayNode();
        boolean changed = false;
        boolean found = false;
        for (var identity : shown) {
            ObjectNode kept = identity.deepCopy();
            var type = kept.path("signInType").asText();
            if (type.equals("emailAddress") && !found) {
                found = true;
                changed = !kept.path("issuerAssignedId").asText().equalsIgnoreCase(address);
                kept.put("issuerAssignedId", address);
            } else if (type.equals("userPrincipalName") && userName.isTextual()) {
                kept.set("issuerAssignedId", userName);
            }
            identities.add(kept);
        }
        return changed ? identities : null;
    }

    /** Counted before the call: an answer that is lost may have been a yes. */
    private void count(String subject, @Nullable String mail) {
        if (mailValues == 0 || mail == null) {
            return;
        }
        var hash = fingerprint.ofEmail(mail);
        var sent = StateUnavailable.guard(
                () -> jdbc.queryForList("select value_hash from mail_value where subject = ?", String.class, subject));
        if (sent.contains(hash)) {
            return;
        }
        if (sent.size() >= mailValues) {
            throw new Refused("the directory takes " + mailValues
                    + " different values of mail of one user, and so many were sent"
                    + " (usher.destinations.entra.mail-values)");
        }
        StateUnavailable.guard(
                () -> jdbc.update("insert into mail_value (subject, value_hash) values (?, ?)", subject, hash));
    }
}
