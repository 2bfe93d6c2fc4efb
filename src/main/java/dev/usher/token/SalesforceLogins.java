package dev.usher.token;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The second view of {@code usher.tokens}: every entry as a login to Salesforce, also those that are none. */
@ConfigurationProperties("usher")
record SalesforceLogins(@Nullable Map<String, SalesforceLogin> tokens) {

    /** The login of this name; null when there is none, or when its kind says that it is a registration of Entra. */
    @Nullable
    SalesforceLogin of(String name) {
        var login = tokens == null ? null : tokens.get(name);
        return login == null || login.kind().equals("entra") ? null : login;
    }
}
