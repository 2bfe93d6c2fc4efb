package dev.usher.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.alert.Alarm;
import dev.usher.alert.AlertLimits;
import dev.usher.alert.Sighting;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Raised while Dataverse is not set up to call the webhook, or failed to call it of late. Dataverse is asked now and then,
 * first some time after the start; while it does not answer, nothing changes.
 */
@Component
final class WebhookAlarm implements Alarm {

    private static final Duration OF_LATE = Duration.ofHours(1);

    private final WebhookRegistration registration;
    private final DataverseSettings settings;
    private final Duration every;
    private final Clock clock;
    private @Nullable Sighting last;
    private Instant nextLook;

    WebhookAlarm(WebhookRegistration registration, DataverseSettings settings, AlertLimits limits, Clock clock) {
        this.registration = registration;
        this.settings = settings;
        this.every = limits.webhook();
        this.clock = clock;
        this.nextLook = clock.instant().plus(every);
    }

    @Override
    public String name() {
        return "webhook-unhealthy";
    }

    @Override
    public synchronized @Nullable Sighting look() {
        if (!settings.enabled() || settings.webhook().secrets().isEmpty()) {
            return Sighting.clear("the webhook is not used");
        }
        var now = clock.instant();
        if (!now.isBefore(nextLook)) {
            nextLook = now.plus(every);
            try {
                last = judge(registration.status(), now);
            } catch (IOException | HttpOperationFailedException e) {
                last = null;
            }
        }
        return last;
    }

    private Sighting judge(JsonNode status, Instant now) {
        var wrong = new ArrayList<String>();
        if (!status.path("registered").asBoolean()) {
            wrong.add("no webhook is registered in Dataverse");
        } else {
            if (status.has("expectedUrl")) {
                wrong.add("Dataverse calls another address than usher.dataverse.webhook.url");
            }
            status.path("steps").fields().forEachRemaining(step -> {
                var state = step.getValue().asText();
                if (!state.equals("registered")) {
                    wrong.add("the step for " + step.getKey() + " is "
                            + (state.equals("differs") ? "not as it should be" : state));
                }
            });
        }
        long failed = failures(status, now.minus(every.compareTo(OF_LATE) < 0 ? OF_LATE : every));
        if (failed > 0) {
            wrong.add(failed + " calls that Dataverse made of late failed");
        }
        return wrong.isEmpty() ? Sighting.clear("Dataverse calls the webhook") : trouble(wrong);
    }

    private static long failures(JsonNode status, Instant since) {
        long count = 0;
        for (var failure : status.path("failures")) {
            if (!at(failure.path("at").asText()).isBefore(since)) {
                count++;
            }
        }
        return count;
    }

    private static Instant at(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static Sighting trouble(List<String> wrong) {
        return Sighting.trouble(
                "the webhook of Dataverse is not well: " + wrong.get(0),
                "Of the webhook by which Dataverse tells of contacts: " + String.join("; ", wrong)
                        + ". Changes of contacts still come by change tracking, half a minute later; nothing is lost.\n\n"
                        + "What to do: register it again (POST /actuator/webhook on the management port, or the command"
                        + " register-webhook). When calls fail, see in Dataverse's system jobs why: the public address,"
                        + " its certificate, the secret.");
    }
}
