package dev.usher.deadletter;

import dev.usher.audit.AuditTrail;
import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.request.Cursor;
import dev.usher.request.Page;
import dev.usher.request.RequestProblem;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What an operator sees and decides of dead letters, for the console, the API and commands alike. A decision is one SQL
 * transaction, however many letters it is about; {@link DeadLetterQueue} then moves their messages.
 */
@Component
public final class DeadLetters {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Set<String> STATES = Set.of("open", "replayed", "dismissed", "resolved");

    private final LetterTable table;
    private final Destinations destinations;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DeadLetters(
            LetterTable table,
            Destinations destinations,
            AuditTrail audit,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.table = table;
        this.destinations = destinations;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    public Counts counts() {
        return table.counts();
    }

    /** Open letters by destination and reason, in this order. */
    public Page<Group> groups(@Nullable String before, @Nullable Integer limit) {
        int most = Page.limit(limit);
        var place = Cursor.values(before, 2);
        var read =
                place.isEmpty() ? table.groups("", "", most + 1) : table.groups(place.get(0), place.get(1), most + 1);
        return Page.of(read, most, group -> Cursor.of(group.destination(), group.reason()));
    }

    /**
     * Letters in one state, the newest first.
     *
     * @param state null for {@code open}
     * @param destination null or empty for all
     * @param reason null or empty for all
     */
    public Page<Letter> letters(
            @Nullable String state,
            @Nullable String destination,
            @Nullable String reason,
            @Nullable String before,
            @Nullable Integer limit) {
        var wanted = state == null ? LetterTable.OPEN : state;
        if (!STATES.contains(wanted)) {
            throw RequestProblem.wrong("state is \"" + state + "\": send open, replayed, dismissed or resolved");
        }
        int most = Page.limit(limit);
        var place = Cursor.values(before, 2);
        long at = place.isEmpty() ? Long.MAX_VALUE : Cursor.number(place.get(0));
        var selection = new Selection(null, filled(destination), filled(reason), null);
        var read = table.letters(wanted, selection, at, place.isEmpty() ? "" : place.get(1), most + 1);
        var page = Page.of(read, most, letter -> Cursor.of(letter.at().toEpochMilli(), letter.id()));
        return new Page<>(page.items().stream().map(this::withOutcome).toList(), page.next());
    }

    private static @Nullable String filled(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** @throws RequestProblem when there is no such letter */
    public Letter one(String id) {
        var letter = table.find(List.of(id)).get(id);
        if (letter == null) {
            throw RequestProblem.missing("there is no dead letter " + id
                    + ": closed ones are forgotten after usher.retention.dead-letters; list those that are left");
        }
        return withOutcome(letter);
    }

    private Letter withOutcome(Letter letter) {
        return letter.isReplayed() ? letter.with(table.outcome(letter)) : letter;
    }

    /**
     * Sends what is meant on its way again, within a few seconds. A letter of a destination: the user is read anew and brought
     * there as the rules and the mapping say now, so that nothing newer is overwritten. A letter of the router: the event is
     * routed again. A letter that is not open any more is left alone.
     *
     * @param by who wants it
     * @throws RequestProblem when it is not said which, or the one that is meant is not there, or none can be replayed
     */
    public Decided replay(Selection selection, String by) {
        var known = Stream.concat(destinations.all().stream().map(Destination::name), Stream.of(Destinations.ROUTER))
                .collect(Collectors.toSet());
        mustExist(selection);
        var decided = decide("replay", LetterTable.REPLAYED, selection, known, by);
        if (decided.letters() == 0 && decided.left() > 0) {
            throw RequestProblem.conflict("the destination of " + decided.left()
                    + " dead letters is no longer there (routes/destinations): bring it back, or dismiss them");
        }
        return decided;
    }

    /**
     * Gives up for good what is meant; its messages are dropped. A letter that is not open any more is left alone.
     *
     * @param by who wants it
     * @throws RequestProblem when it is not said which, or the one that is meant is not there
     */
    public Decided dismiss(Selection selection, String by) {
        mustExist(selection);
        return decide("dismiss", LetterTable.DISMISSED, selection, null, by);
    }

    private void mustExist(Selection selection) {
        var id = selection.checked().id();
        if (id != null) {
            one(id);
        }
    }

    private Decided decide(String action, String state, Selection selection, @Nullable Set<String> known, String by) {
        var decided = transaction.execute(status -> {
            int letters = table.decide(state, selection, known, clock.millis(), by);
            if (letters > 0) {
                audit.record(by, action, selection.words(), letters == 1 ? "1 letter" : letters + " letters");
            }
            return new Decided(action, letters, known == null ? 0 : table.openElsewhere(selection, known));
        });
        var result = decided == null ? new Decided(action, 0, 0) : decided;
        LOG.info("Dead letters: {} of {}, {} of them", action, selection.words(), result.letters());
        return result;
    }
}
