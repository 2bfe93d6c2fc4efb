package dev.usher.token;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The application registrations for which Usher gets tokens: {@code usher.tokens.<name>}.
 *
 * @param tokens by name; {@code graph} is the one that reads and writes the directory
 */
@ConfigurationProperties("usher")
record TokenSettings(@Nullable Map<String, Registration> tokens) {

    TokenSettings {
        tokens = tokens == null ? Map.of() : Map.copyOf(tokens);
    }

    Map<String, Registration> registrations() {
        return tokens == null ? Map.of() : tokens;
    }
}
