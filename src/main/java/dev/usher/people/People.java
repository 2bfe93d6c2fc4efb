package dev.usher.people;

import dev.usher.content.Fingerprint;
import dev.usher.delivery.PauseNotes;
import dev.usher.delivery.PauseNotes.Pausing;
import dev.usher.destination.Destinations;
import dev.usher.entra.AuditLogPoll;
import dev.usher.people.Overview.Standing;
import dev.usher.projection.Known;
import dev.usher.projection.Projections;
import dev.usher.request.Cursor;
import dev.usher.request.Page;
import dev.usher.watermark.Watermarks;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds people and tells what became of them. It reads what Usher remembers, and asks no other system. */
@Service
public final class People {

    private static final int LONGEST_SOUGHT = 320; // of an address, RFC 3696
    private static final int LOOKED_BACK = 200;
    private static final String EMAIL_HINT =
            "Nobody known has this as primary address; former and further addresses are not known here. ";
    private static final String ID_HINT = "No person, record of a destination or contact with this id is known. ";

    private final PeopleTables tables;
    private final Projections projections;
    private final Destinations destinations;
    private final Fingerprint fingerprint;
    private final Watermarks watermarks;
    private final PauseNotes pauses;
    private final Clock clock;

    People(
            PeopleTables tables,
            Projections projections,
            Destinations destinations,
            Fingerprint fingerprint,
            Watermarks watermarks,
            PauseNotes pauses,
            Clock clock) {
        this.tables = tables;
        this.projections = projections;
        this.destinations = destinations;
        this.fingerprint = fingerprint;
        this.watermarks = watermarks;
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * Finds people by object id, by a destination's own id, by contact id, or by e-mail address, all of them exact. An
     * address is hashed at once, as everywhere in Usher: it is neither stored nor logged, and it is not repeated in the
     * answer. Only a user's present primary address is known.
     *
     * @param text what was entered; blanks around it do not count
     */
    public Search search(String text) {
        var sought = text.strip();
        boolean email = sought.contains("@");
        if (sought.isEmpty() || sought.length() > LONGEST_SOUGHT) {
            return new Search(
                    "id",
                    List.of(),
                    null,
                    "Give an object id, a destination's id such as cus_…, or an e-mail address.");
        }
        if (email) {
            var hits = tables.byEmail(fingerprint.ofEmail(sought));
            return new Search("e-mail", hits, null, hits.isEmpty() ? hint(EMAIL_HINT) : null);
        }
        var id = ObjectId.normal(sought);
        var hits = tables.byId(id);
        var candidate = hits.isEmpty() && ObjectId.isOne(id) ? id : null;
        return new Search("id", hits, candidate, hits.isEmpty() ? hint(ID_HINT) : null);
    }

    private String hint(String first) {
        var watermark = watermarks.find(AuditLogPoll.SOURCE);
        var lastRead = watermark == null
                ? "was not read yet"
                : "was last read "
                        + Wording.of(clock.millis() - watermark.polledAt().toEpochMilli()) + " ago";
        return first + "Whoever signed up a moment ago is seen with one of the next reads of the audit log, which "
                + lastRead + "; records come some minutes late. The audit log is kept for 7 to 30 days: who changed"
                + " before that is known after a reconciliation. By object id anybody in the directory can be"
                + " synchronised now.";
    }

    /** What is known of one person now. @param id an object id, as the search gives it */
    public Overview overview(String id) {
        var subject = ObjectId.normal(id);
        var known = projections.find(subject);
        var rows = tables.rows(subject, null, Long.MAX_VALUE, LOOKED_BACK);
        var letters = tables.openLetters(subject);
        var person = known.person();
        var state = person == null
                ? "not routed"
                : person.deleted() ? "deleted" : person.disabled() ? "disabled" : "active";
        var changedAt = person == null ? null : Instant.ofEpochMilli(person.version() / 1000);
        var toldBy = tables.heardBy(subject);
        var contact = projections.contact(subject);
        return new Overview(
                subject,
                person != null || !rows.isEmpty() || !letters.isEmpty(),
                state,
                text(state, changedAt, toldBy, rows),
                changedAt,
                toldBy,
                contact == null ? null : contact.contactId(),
                person == null ? List.of() : standings(known, rows),
                letters);
    }

    private static String text(String state, @Nullable Instant changedAt, @Nullable String toldBy, List<LogRow> rows) {
        if (changedAt != null) {
            return Wording.capitalised(state) + ". The change that was routed last happened at "
                    + Wording.time(changedAt) + "."
                    + (toldBy == null
                            ? ""
                            : " " + Wording.capitalised(Wording.source(toldBy)) + " told of them first.");
        }
        return rows.isEmpty()
                ? "Usher has never heard of this id. If the directory knows it, it can be synchronised now."
                : "Nothing of this id was routed yet. " + Wording.text(rows.get(0));
    }

    private List<Standing> standings(Known known, List<LogRow> rows) {
        Map<String, LogRow> newest = new HashMap<>();
        rows.forEach(row -> newest.putIfAbsent(row.row().destination(), row));
        var pausing = pauses.all().stream().collect(Collectors.toMap(Pausing::destination, Function.identity()));
        return destinations.all().stream()
                .map(destination -> Standings.of(
                        destination, known, newest.get(destination.name()), pausing.get(destination.name())))
                .toList();
    }

    /**
     * A page of one person's log, newest first.
     *
     * @param id an object id, as the search gives it
     * @param destination the only one that counts, or {@code router}; null for all
     * @param before the cursor that the page before gave; null for the first page
     * @param limit most lines of the page; null for as many as usual
     * @throws dev.usher.request.RequestProblem when the cursor is none, or the limit is out of range
     */
    public Page<Entry> timeline(
            String id, @Nullable String destination, @Nullable String before, @Nullable Integer limit) {
        int size = Page.limit(limit);
        var place = Cursor.values(before, 1);
        var rows = tables.rows(
                ObjectId.normal(id),
                destination,
                place.isEmpty() ? Long.MAX_VALUE : Cursor.number(place.get(0)),
                size + 1);
        return Page.of(rows.stream().map(People::entry).toList(), size, entry -> Cursor.of(entry.id()));
    }

    private static Entry entry(LogRow line) {
        var row = line.row();
        return new Entry(
                line.id(),
                Instant.ofEpochMilli(row.at()),
                row.destination(),
                row.outcome().word(),
                Wording.text(line),
                row.reason(),
                row.rule(),
                row.remoteId(),
                row.requestId(),
                row.attempt(),
                row.millis(),
                row.eventId(),
                row.eventType(),
                Wording.event(line),
                line.happenedAt(),
                line.seenAt(),
                line.nextTryAt());
    }
}
