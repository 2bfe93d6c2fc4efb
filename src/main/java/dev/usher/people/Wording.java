package dev.usher.people;

import dev.usher.destination.Destinations;
import dev.usher.flow.Words;
import dev.usher.projection.DeliveryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a person's log reads: the one place of its words, for the console, the API and the command {@code why}. */
final class Wording {

    private Wording() {}

    /** A destination as people call it: {@code Stripe}, {@code SQL}. */
    static String title(String destination) {
        return switch (destination) {
            case "sql" -> "SQL";
            case Destinations.DIRECTORY -> "the directory";
            case Destinations.ROUTER -> "the router";
            default -> capitalised(destination);
        };
    }

    /** The same at the beginning of a line. */
    static String heading(String destination) {
        return capitalised(title(destination));
    }

    /** One line of the log. */
    static String text(LogRow line) {
        var row = line.row();
        return capitalised(row.destination().equals(Destinations.ROUTER) ? router(line) : delivery(line))
                + (row.rule() == null ? "" : " Rule: " + row.rule() + ".");
    }

    private static String router(LogRow line) {
        var row = line.row();
        var why = because(row);
        return switch (row.outcome()) {
            case STALE ->
                "the " + event(line) + " was older than what was routed already, so nothing was sent" + why + ".";
            case RETRYING ->
                "the " + event(line) + " is not routed yet (try " + row.attempt() + ")" + why + "." + next(line);
            case PARKED ->
                "the " + event(line) + " was given up before it was routed" + why + ". It waits as a dead letter.";
            default -> "the " + event(line) + " ended in the router" + why + ".";
        };
    }

    private static String delivery(LogRow line) {
        var row = line.row();
        var there = title(row.destination());
        var record = row.remoteId() == null ? "its record" : row.remoteId();
        return switch (row.outcome()) {
            case CREATED -> there + " took it as " + record + " after " + of(row.millis()) + since(line) + ".";
            case UPDATED ->
                there + " changed " + record + " within " + of(row.millis()) + since(line) + because(row) + ".";
            case UNCHANGED -> "nothing was sent to " + there + ": it holds this already" + because(row) + ".";
            case STALE -> "nothing was sent to " + there + ": it holds something newer than this " + event(line) + ".";
            case SUPERSEDED -> "nothing was sent to " + there + ": a newer change was already on its way.";
            case SKIPPED -> "not sent to " + there + because(row) + ".";
            case RETRYING ->
                "not done yet at " + there + " (try " + row.attempt() + ", " + of(row.millis()) + ")" + because(row)
                        + "." + next(line);
            case PARKED ->
                "given up at " + there + " after try " + row.attempt() + because(row) + ". It waits as a dead letter.";
            case ERASED -> there + " erased the person within " + of(row.millis()) + ".";
        };
    }

    private static String because(DeliveryRow row) {
        return row.reason() == null ? "" : ": " + row.reason();
    }

    private static String next(LogRow line) {
        var next = line.nextTryAt();
        return next == null ? "" : " The next try comes at " + time(next) + " or later.";
    }

    private static String since(LogRow line) {
        var happened = line.happenedAt();
        var seen = line.seenAt();
        if (happened == null) {
            return seen == null ? "" : ", " + between(seen, line.row().at()) + " after it was asked for";
        }
        return ", " + between(happened, line.row().at()) + " after the " + event(line)
                + (seen == null ? "" : ", which was seen after " + between(happened, seen.toEpochMilli()));
    }

    private static String between(Instant from, long millis) {
        return of(Math.max(0, millis - from.toEpochMilli()));
    }

    /** What happened: {@code sign-up}, {@code change}, {@code order to synchronise}. */
    static String event(LogRow line) {
        if (line.isOrdered()) {
            return "order to synchronise";
        }
        if (line.isAsked()) {
            return "reconciliation";
        }
        return switch (line.row().eventType()) {
            case "user.created" -> "sign-up";
            case "user.updated" -> "change";
            case "user.disabled" -> "disabling";
            case "user.deleted" -> "deletion";
            case "contact.created" -> "new contact";
            case "contact.updated" -> "change of the contact";
            case "contact.deleted" -> "deletion of the contact";
            default -> line.row().eventType();
        };
    }

    /** A source as people call it. */
    static String source(String source) {
        return switch (source) {
            case "/entra/audit-log" -> "the audit log";
            case "/dataverse/webhook" -> "Dataverse's webhook";
            case "/dataverse/change-tracking" -> "Dataverse's change tracking";
            case "/usher/reconciliation" -> "a reconciliation";
            case "/usher/unread-contacts" -> "a second look at the contact";
            case "/usher/operator" -> "an operator";
            default -> source;
        };
    }

    static String time(Instant at) {
        return Words.time(at);
    }

    /** A length of time as people say it: {@code 84 ms}, {@code 3.1 s}, {@code 4 min}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
    static String of(long millis) {
        var length = Duration.ofMillis(millis);
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10);
        }
        if (length.toHours() == 0) {
            return length.toMinutes() + " min";
        }
        return length.toDays() == 0
                ? length.toHours() + " h " + length.toMinutesPart() + " min"
                : length.toDays() + " d " + length.toHoursPart() + " h";
    }

    static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    static String reason(@Nullable String reason) {
        return reason == null ? "" : ": " + reason;
    }
}
