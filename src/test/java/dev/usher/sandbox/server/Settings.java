package dev.usher.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object member by member and names what is wrong with it. */
public final class Settings {
    private final JsonNode body;
    private final Set<String> read = new HashSet<>();

    /** @throws IllegalArgumentException when it is no object */
    public Settings(JsonNode body) {
        if (!body.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        this.body = body;
    }

    /** The member, or empty when absent or null. */
    public Optional<JsonNode> member(String name) {
        read.add(name);
        return body.hasNonNull(name) ? Optional.of(body.get(name)) : Optional.empty();
    }

    public @Nullable String text(String name) {
        return member(name)
                .map(value -> checked(name, value, value.isTextual(), "a text").textValue())
                .orElse(null);
    }

    public @Nullable Boolean flag(String name) {
        return member(name)
                .map(value ->
                        checked(name, value, value.isBoolean(), "true or false").booleanValue())
                .orElse(null);
    }

    public @Nullable Integer atLeast(int least, String name) {
        return member(name)
                .map(value -> checked(
                                name,
                                value,
                                value.canConvertToExactIntegral() && value.intValue() >= least,
                                "a whole number of at least " + least)
                        .intValue())
                .orElse(null);
    }

    /** An ISO duration such as {@code PT0.2S}, not negative. */
    public @Nullable Duration duration(String name) {
        return member(name)
                .map(value -> {
                    try {
                        Duration duration = Duration.parse(value.asText());
                        checked(name, value, !duration.isNegative(), "a duration that is not negative");
                        return duration;
                    } catch (DateTimeParseException e) {
                        throw wrong(name, value, "an ISO duration such as PT0.2S");
                    }
                })
                .orElse(null);
    }

    public @Nullable Instant instant(String name) {
        return member(name)
                .map(value -> {
                    try {
                        return Instant.parse(value.asText());
                    } catch (DateTimeParseException e) {
                        throw wrong(name, value, "an instant such as 2026-03-02T10:15:22Z");
                    }
                })
                .orElse(null);
    }

    /** Hands a duration on when it is there. */
    public Settings duration(String name, Consumer<Duration> target) {
        Duration value = duration(name);
        if (value != null) {
            target.accept(value);
        }
        return this;
    }

    /** @throws IllegalArgumentException naming a member that was not read */
    public void done() {
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!read.contains(name)) {
                throw new IllegalArgumentException("unknown member \"" + name + "\"; known are "
                        + String.join(", ", read.stream().sorted().toList()));
            }
        }
    }

    private static JsonNode checked(String name, JsonNode value, boolean right, String expected) {
        if (!right) {
            throw wrong(name, value, expected);
        }
        return value;
    }

    public static IllegalArgumentException wrong(String name, JsonNode value, String expected) {
        return new IllegalArgumentException("member \"" + name + "\" is " + value + " but must be " + expected);
    }
}
