package dev.usher.doctor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to do about a token that is refused, by the code in the answer.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Entra's codes</a>
 * @see <a href="https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm">Salesforce's</a>
 */
final class TokenMends {

    private static final Map<String, String> MENDS = new LinkedHashMap<>();

    static {
        MENDS.put(
                "AADSTS7000215", "the secret is wrong: set %s.client-secret to the value of the secret, not to its id");
        MENDS.put(
                "AADSTS7000222",
                "the secret has ended: add a new one to the app registration and set %s.client-secret");
        MENDS.put("AADSTS700016", "no app has this id in this tenant: correct %s.client-id or %s.authority");
        MENDS.put("AADSTS90002", "there is no such tenant: correct %s.authority");
        MENDS.put("AADSTS900023", "the tenant is written wrongly: correct %s.authority");
        MENDS.put(
                "AADSTS700027", "the certificate is not known to the app registration, or has ended: upload it there");
        MENDS.put("AADSTS700024", "the clock of this machine is wrong: set it by NTP");
        MENDS.put("AADSTS500011", "the tenant does not know what the token is for: correct %s.scope");
        MENDS.put("AADSTS70011", "the scope is written wrongly: %s.scope must end in /.default");
        MENDS.put("invalid_client_id", "correct %s.client-id: the consumer key of the app");
        MENDS.put("invalid_client", "correct %s.client-secret, and see that the app allows client credentials");
        MENDS.put("invalid_grant", "see that the app is approved in advance for the integration user, and %s.username");
        MENDS.put("unauthorized_client", "allow the flow in the app's settings, or correct %s.client-id");
    }

    private TokenMends() {}

    /** @param codes as the token endpoint told them; @param key the prefix of the registration's settings */
    static String of(String codes, String key) {
        return MENDS.entrySet().stream()
                .filter(entry -> codes.contains(entry.getKey()))
                .findFirst()
                .map(entry -> entry.getValue().replace("%s", key))
                .orElse("look the code up in the vendor's documentation; the settings are under " + key);
    }
}
