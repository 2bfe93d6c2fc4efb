package dev.usher.entra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.alert.Alarm;
import dev.usher.alert.Alarms;
import dev.usher.alert.AlertLimits;
import dev.usher.alert.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * When the newest secret or certificate of Usher's app registration ends, as Graph tells it; the permission Directory.Read.All,
 * which Usher has, suffices. Graph is asked now and then, first some time after the start; while it does not answer, nothing
 * changes.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/passwordcredential">passwordCredential</a>
 */
@Component
final class RegistrationAlarms implements Alarms {

    private static final String NAME = "app-registration";
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Batches batches;
    private final Expiry expiry;
    private final String clientId;
    private final Duration every;
    private final Clock clock;
    private @Nullable Instant end;
    private Instant nextLook;

    RegistrationAlarms(
            Batches batches,
            Expiry expiry,
            AlertLimits limits,
            @Value("${usher.tokens.graph.client-id:}") String clientId,
            Clock clock) {
        this.batches = batches;
        this.expiry = expiry;
        this.clientId = clientId.strip();
        this.every = limits.registration();
        this.clock = clock;
        this.nextLook = clock.instant().plus(every);
    }

    @Override
    public synchronized List<Alarm> each() {
        if (!GUID.matcher(clientId).matches()) {
            return List.of();
        }
        var now = clock.instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(every);
            end = ask().orElse(end);
        }
        var known = end;
        return List.of(
                known == null
                        ? Alarm.of("expiry:" + NAME, () -> null)
                        : expiry.alarm(
                                NAME,
                                known,
                                "add another secret or certificate to Usher's app registration in Entra, put it where"
                                        + " usher.tokens.graph reads it, restart Usher, then delete the old one"));
    }

    private Optional<Instant> ask() {
        var path = "/applications(appId='" + clientId + "')?$select=passwordCredentials,keyCredentials";
        var answer = batches.send(List.of(GraphRequest.get(path))).get(0).value();
        return answer == null || !answer.succeeded() ? Optional.empty() : newest(answer.body());
    }

    private static Optional<Instant> newest(JsonNode registration) {
        return Stream.of("passwordCredentials", "keyCredentials")
                .flatMap(kind -> registration.path(kind).findValuesAsText("endDateTime").stream())
                .map(RegistrationAlarms::time)
                .filter(Objects::nonNull)
                .max(Instant::compareTo);
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
