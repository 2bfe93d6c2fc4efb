package dev.usher.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.delivery.Verdict.Kind;
import dev.usher.destination.Destination;
import dev.usher.projection.StateUnavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * What a failure means. First the destination's own {@code answers.jq} is asked, then the general rule: 408, 425, 5xx,
 * a lost connection, an unreadable answer and what a database says in no known category may heal; 429 and 503 ask for peace; 401 may heal with a new token; every
 * other answer cannot heal.
 */
final class Answers {

    private static final Set<Integer> MAY_HEAL = Set.of(401, 408, 425);
    private static final Set<Integer> UNDECIDED = Set.of(408, 409);
    private static final List<Class<? extends Throwable>> NEVER_SENT = List.of(
            HeldBack.class,
            Refused.class,
            Skipped.class,
            Stale.class,
            ConnectException.class,
            UnknownHostException.class,
            CannotGetJdbcConnectionException.class);
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\"'<>]+@[^\\s\"'<>]+");
    private static final String[] REQUEST_ID = {"Request-Id", "request-id", "X-Request-Id", "x-ms-request-id"};

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;

    Answers(Clock clock) {
        this.clock = clock;
    }

    Verdict judge(Throwable failure, Destination destination, Delivery delivery) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var verdict = known(cause, destination, delivery);
            if (verdict != null) {
                return verdict;
            }
        }
        return new Verdict(Kind.REFUSED, "cannot be processed: " + place(failure), null);
    }

    /** What broke and where in the code, without the message: it may quote the person. */
    private static String place(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var frames = root.getStackTrace();
        return root.getClass().getSimpleName() + (frames.length == 0 ? "" : " at " + frames[0]);
    }

    private @Nullable Verdict known(Throwable cause, Destination destination, Delivery delivery) {
        if (cause instanceof HeldBack held) {
            return new Verdict(Kind.HELD, message(held), held.delay());
        }
        if (cause instanceof Refused refused) {
            return new Verdict(Kind.REFUSED, message(refused), null);
        }
        if (cause instanceof Skipped skipped) {
            return new Verdict(Kind.SKIPPED, message(skipped), null);
        }
        if (cause instanceof Stale stale) {
            return new Verdict(Kind.STALE, message(stale), null);
        }
        if (cause instanceof StateUnavailable) {
            return new Verdict(Kind.FAILING, message(cause), null);
        }
        if (cause instanceof HttpOperationFailedException answer) {
            return answered(answer, destination, delivery);
        }
        if (cause instanceof JsonQueryException) {
            return new Verdict(Kind.REFUSED, "a jq mapping does not fit this content", null);
        }
        if (cause instanceof JsonProcessingException) {
            return new Verdict(Kind.FAILING, "the answer is not readable", null);
        }
        if (cause instanceof IOException) {
            return new Verdict(Kind.FAILING, "no answer: " + cause.getClass().getSimpleName(), null);
        }
        if (cause instanceof DataAccessException) {
            return new Verdict(
                    isRefusal(cause) ? Kind.REFUSED : Kind.FAILING,
                    "the database said " + cause.getClass().getSimpleName(),
                    null);
        }
        return null;
    }

    private Verdict answered(HttpOperationFailedException answer, Destination destination, Delivery delivery) {
        int status = answer.getStatusCode();
        var after = retryAfter(answer.getResponseHeaders());
        if (isBroken(answer)) {
            return new Verdict(Kind.FAILING, "HTTP " + status + " with an answer that is not readable", after);
        }
        var meaning = meaning(answer, destination, delivery);
        if (meaning != null) {
            return new Verdict(
                    Kind.valueOf(meaning.path("kind").asText().toUpperCase(Locale.ROOT)),
                    masked(meaning.path("reason").asText("HTTP " + status)),
                    after == null && meaning.has("after")
                            ? Duration.ofSeconds(meaning.get("after").asLong())
                            : after,
                    VendorWords.of(meaning.path("words").textValue(), delivery.envelope.text()));
        }
        if (status == 429 || status == 503) {
            return new Verdict(Kind.THROTTLED, "HTTP " + status, after);
        }
        boolean heals = status >= 500 || MAY_HEAL.contains(status);
        return new Verdict(heals ? Kind.FAILING : Kind.REFUSED, "HTTP " + status, after);
    }

    /** JSON by its own account, and not readable as that: what it would have said is unknown. */
    private boolean isBroken(HttpOperationFailedException answer) {
        var body = answer.getResponseBody();
        return body != null
                && !body.isBlank()
                && header(answer.getResponseHeaders(), "Content-Type").contains("json")
                && parsed(body) == null;
    }

    private static String header(@Nullable Map<String, String> headers, String name) {
        return headers == null
                ? ""
                : headers.entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase(name))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("");
    }

    private @Nullable JsonNode meaning(
            HttpOperationFailedException answer, Destination destination, Delivery delivery) {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("status", answer.getStatusCode());
        input.put("operation", delivery.operation);
        input.put("variant", delivery.variant);
        var headers = input.putObject("headers");
        if (answer.getResponseHeaders() != null) {
            answer.getResponseHeaders().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        }
        input.set("body", parsed(answer.getResponseBody()));
        try {
            return destination.meaning(input);
        } catch (JsonQueryException e) {
            return null;
        }
    }

    private @Nullable JsonNode parsed(@Nullable String body) {
        if (body == null || body.isBlank()) {
            return null;
        }
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private @Nullable Duration retryAfter(@Nullable Map<String, String> headers) {
        return duration(header(headers, "Retry-After").strip());
    }

    private @Nullable Duration duration(String value) {
        try {
            if (!value.isEmpty() && value.chars().allMatch(Character::isDigit)) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var wait = Duration.between(Instant.now(clock), date);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    private static boolean isRefusal(Throwable cause) {
        return cause instanceof NonTransientDataAccessException
                && !(cause instanceof NonTransientDataAccessResourceException)
                && !(cause instanceof UncategorizedDataAccessException);
    }

    /** Whether the destination may have done what it was asked although this came of it: it never is certain without an answer. */
    static boolean mayHaveHappened(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpOperationFailedException answer) {
                return answer.getStatusCode() >= 500 || UNDECIDED.contains(answer.getStatusCode());
            }
            if (isNeverSent(cause) || isRefusal(cause)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNeverSent(Throwable cause) {
        return NEVER_SENT.stream().anyMatch(type -> type.isInstance(cause));
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Vendors quote what they refuse: addresses are taken out before a reason is stored or logged. */
    private static String masked(String reason) {
        return ADDRESS.matcher(reason).replaceAll("…@…");
    }

    /** The vendor's own id of a call, under whatever name it sends it; null when it sends none. */
    static @Nullable String requestId(Map<String, Object> headers) {
        for (var name : REQUEST_ID) {
            if (headers.get(name) instanceof String id) {
                return id;
            }
        }
        return null;
    }
}
