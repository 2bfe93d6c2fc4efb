package dev.usher.token;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The second view of {@code usher.tokens}: every entry as a login to Salesforce, of which only those count whose kind
 * says so.
 */
@ConfigurationProperties("usher")
record SalesforceLogins(@Nullable Map<String, SalesforceLogin> tokens) {

    Map<String, SalesforceLogin> all() {
        return tokens == null ? Map.of() : tokens;
    }
}
