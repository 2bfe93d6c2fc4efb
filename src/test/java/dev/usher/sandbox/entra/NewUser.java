package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What Entra makes of a sign-up: a principal name nobody can read, no mail, and often no name worth showing. */
final class NewUser {
    private static final String POOR_NAME = "unknown";

    private NewUser() {}

    static ObjectNode properties(String id, Instant now, SignUp signUp) {
        String upn = id + "@" + EntraTenant.DOMAIN;
        ObjectNode user = Json.object();
        user.putArray("businessPhones");
        user.put("displayName", signUp.displayName() == null ? POOR_NAME : signUp.displayName())
                .put("givenName", signUp.givenName())
                .putNull("jobTitle")
                .putNull("mail")
                .putNull("mobilePhone")
                .putNull("officeLocation")
                .putNull("preferredLanguage")
                .put("surname", signUp.surname())
                .put("userPrincipalName", upn)
                .put("id", id)
                .put("accountEnabled", true)
                .put("createdDateTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("creationType", "LocalAccount")
                .put("userType", "Member");
        user.putArray("otherMails");
        user.putArray("proxyAddresses");
        ArrayNode identities = user.putArray("identities");
        identities.add(Directory.identity("emailAddress", signUp.email()));
        identities.add(Directory.identity("userPrincipalName", upn));
        signUp.extensions().forEach((name, value) -> {
            if (!value.isNull()) {
                user.set(EntraTenant.extension(name), value);
            }
        });
        return user;
    }
}
