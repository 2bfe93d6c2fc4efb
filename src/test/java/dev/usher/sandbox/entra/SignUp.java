package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.sandbox.server.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody signs up.
 *
 * @param displayName null: Entra's own poor one
 * @param extensions custom attributes by their short name: texts, booleans and whole numbers
 * @param auditDelay how long after the sign-up its audit records become visible
 * @param readDelay how long the new user answers 404
 */
public record SignUp(
        String email,
        @Nullable String givenName,
        @Nullable String surname,
        @Nullable String displayName,
        Map<String, JsonNode> extensions,
        Duration auditDelay,
        Duration readDelay) {

    /** @throws IllegalArgumentException naming the member that is missing, unknown or of the wrong type */
    public static SignUp of(JsonNode body) {
        Settings settings = new Settings(body);
        String email = settings.text("email");
        if (email == null || !email.matches("[^@\\s]+@[^@\\s]+")) {
            throw new IllegalArgumentException("member \"email\" is needed and must be an e-mail address");
        }
        Map<String, JsonNode> extensions = extensions(settings);
        Duration auditDelay = settings.duration("auditDelay");
        Duration readDelay = settings.duration("readDelay");
        SignUp signUp = new SignUp(
                email,
                settings.text("givenName"),
                settings.text("surname"),
                settings.text("displayName"),
                extensions,
                auditDelay == null ? Duration.ZERO : auditDelay,
                readDelay == null ? Duration.ZERO : readDelay);
        settings.done();
        return signUp;
    }

    /** The custom attributes a control call gives, marketingConsent and customerType among them; JSON null clears one. */
    static Map<String, JsonNode> extensions(Settings settings) {
        Map<String, JsonNode> extensions = new LinkedHashMap<>();
        settings.member("attributes").ifPresent(attributes -> {
            if (!attributes.isObject()) {
                throw Settings.wrong("attributes", attributes, "an object");
            }
            attributes.properties().forEach(one -> {
                if (one.getValue().isContainerNode()) {
                    throw Settings.wrong(
                            "attributes." + one.getKey(), one.getValue(), "a text, a boolean or a whole number");
                }
                extensions.put(one.getKey(), one.getValue());
            });
        });
        settings.flag("marketingConsent");
        settings.text("customerType");
        settings.member("marketingConsent").ifPresent(consent -> extensions.put("marketingConsent", consent));
        settings.member("customerType").ifPresent(type -> extensions.put("customerType", type));
        return extensions;
    }
}
