package dev.usher.token;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Usher signs in to a Salesforce org, under {@code usher.tokens.<name>} where {@code kind} is {@code salesforce}:
 * by client credentials, or by a JWT signed with a private key. Every value may be a placeholder that Camel resolves.
 *
 * @param kind {@code entra}, for which {@link Registration} holds the values, or {@code salesforce}
 * @param enabled false: it is not checked and gives no token
 * @param tokenUrl {@code https://<My Domain>.my.salesforce.com/services/oauth2/token}
 * @param clientId the consumer key of the app
 * @param clientSecret its consumer secret; null when a key signs
 * @param privateKeyFile the PEM file of the private key whose certificate the app knows; null when a secret is used
 * @param username the integration user, of a JWT; a secret's app names its own
 * @param audience of a JWT: {@code https://login.salesforce.com}, or {@code https://test.salesforce.com} for the
 *     vendor's sandboxes
 * @param lifetime how long a token is used; Salesforce tells no end, so a refused one is replaced whenever that happens
 */
record SalesforceLogin(
        @DefaultValue("entra") String kind,
        @DefaultValue("true") boolean enabled,
        @Nullable String tokenUrl,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String privateKeyFile,
        @Nullable String username,

        @DefaultValue("https://login.salesforce.com") String audience,

        @DefaultValue("1h") Duration lifetime) {

    static final String KIND = "salesforce";

    /** The same with every placeholder resolved and every blank value null. */
    SalesforceLogin resolved(UnaryOperator<String> resolver) {
        return new SalesforceLogin(
                kind,
                enabled,
                Registration.resolve(tokenUrl, resolver),
                Registration.resolve(clientId, resolver),
                Registration.resolve(clientSecret, resolver),
                Registration.resolve(privateKeyFile, resolver),
                Registration.resolve(username, resolver),
                resolver.apply(audience),
                lifetime);
    }

    /** Says which values are set, and no value that is or leads to a secret. */
    @Override
    public String toString() {
        return "SalesforceLogin[tokenUrl=" + tokenUrl + ", clientId=" + clientId + ", clientSecret="
                + Registration.setOrNot(clientSecret) + ", privateKeyFile=" + privateKeyFile + ", username="
                + Registration.setOrNot(username) + ", audience=" + audience + ", lifetime=" + lifetime + "]";
    }
}
