package dev.usher.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import dev.usher.watermark.EveryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of dead letters and what closes them, on every database. */
class LettersTest {

    private static final Selection ALL = new Selection(null, null, null, true);

    private final TestClock clock = new TestClock();
    private JdbcTemplate jdbc;
    private LetterTable table;
    private Resolution resolution;

    @BeforeEach
    void noLetters(DataSource database) {
        jdbc = new JdbcTemplate(database);
        List.of("dead_letter", "delivery", "projection", "person").forEach(name -> jdbc.update("delete from " + name));
        table = new LetterTable(jdbc);
        resolution = new Resolution(jdbc, clock);
    }

    private void park(String id, long at, String subject, String destination, String reason) {
        jdbc.update(
                "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state, reported)"
                        + " values (?, ?, ?, ?, ?, 'user.updated', ?, 1, 'open', false)",
                id,
                at,
                subject,
                destination,
                "event-" + id,
                reason);
    }

    private void log(long at, String subject, String destination, String event, long version, String outcome) {
        jdbc.update(
                "insert into delivery (at, subject, destination, event_id, event_type, version, outcome, attempt, millis)"
                        + " values (?, ?, ?, ?, 'user.updated', ?, ?, 1, 1)",
                at,
                subject,
                destination,
                event,
                version,
                outcome);
    }

    private void project(String subject, String destination, String state) {
        jdbc.update(
                "insert into projection (subject, destination, state, version) values (?, ?, ?, 1)",
                subject,
                destination,
                state);
    }

    private List<String> open() {
        return table.letters(LetterTable.OPEN, ALL, Long.MAX_VALUE, "", 100).stream()
                .map(Letter::id)
                .toList();
    }

    private String note(String id) {
        return String.valueOf(table.find(List.of(id)).get(id).note());
    }

    @EveryDatabase
    void groupsAreReadPageByPage() {
        park("a", 1, "ada", "sql", "no");
        park("b", 2, "ada", "stripe", "HTTP 400");
        park("c", 3, "bob", "stripe", "HTTP 400");
        park("d", 4, "eve", "stripe", "HTTP 404");
        var read = new ArrayList<String>();

        var group = new Group("", "", 0, clock.instant(), clock.instant(), null);
        for (var page = table.groups("", "", 1);
                !page.isEmpty();
                page = table.groups(group.destination(), group.reason(), 1)) {
            group = page.get(0);
            read.add(group.destination() + ' ' + group.reason() + ' ' + group.letters());
        }

        assertThat(read).containsExactly("sql no 1", "stripe HTTP 400 2", "stripe HTTP 404 1");
        assertThat(table.counts()).isEqualTo(new Counts(Map.of("sql", 1L, "stripe", 3L), 0));
    }

    @EveryDatabase
    void aGroupShowsTheWordsOfItsNewestLetter() {
        park("a", 1, "ada", "stripe", "HTTP 400");
        park("b", 2, "bob", "stripe", "HTTP 400");
        jdbc.update("update dead_letter set words = 'The older words' where id = 'a'");
        jdbc.update("update dead_letter set words = 'The newer words' where id = 'b'");

        assertThat(table.groups("", "", 5)).extracting(Group::words).containsExactly("The newer words");
        assertThat(table.find(List.of("a")).get("a").words()).isEqualTo("The older words");
    }

    @EveryDatabase
    void lettersOfOneTimeAreNeitherLostNorReadTwice() {
        for (var id : List.of("a", "b", "c", "d")) {
            park(id, 7, "ada", "stripe", "HTTP 400");
        }
        var first = table.letters(LetterTable.OPEN, ALL, Long.MAX_VALUE, "", 2);
        var second = table.letters(LetterTable.OPEN, ALL, 7, first.get(1).id(), 2);

        assertThat(first).extracting(Letter::id).containsExactly("d", "c");
        assertThat(second).extracting(Letter::id).containsExactly("b", "a");
        assertThat(table.letters(LetterTable.OPEN, ALL, 7, "a", 2)).isEmpty();
    }

    @EveryDatabase
    void aDecisionTakesWhatIsMeantAndStillOpen() {
        park("a", 1, "ada", "stripe", "HTTP 400");
        park("b", 2, "bob", "stripe", "HTTP 404");
        park("c", 3, "eve", "gone", "HTTP 400");

        var stripe = new Selection(null, "stripe", "HTTP 404", null);
        assertThat(table.decide(LetterTable.DISMISSED, stripe, null, 10, "alice"))
                .isOne();
        assertThat(table.decide(LetterTable.REPLAYED, ALL, Set.of("stripe", "router"), 11, "alice"))
                .isOne();
        assertThat(table.openElsewhere(ALL, Set.of("stripe", "router"))).isOne();

        assertThat(open()).containsExactly("c");
        assertThat(table.toMove(12, 10)).extracting(Letter::id).containsExactly("a", "b");
        assertThat(table.toMove(11, 10)).extracting(Letter::id).containsExactly("b");
        assertThat(table.find(List.of("a")).get("a"))
                .satisfies(letter -> assertThat(letter.state()).isEqualTo("replayed"))
                .satisfies(letter -> assertThat(letter.decidedBy()).isEqualTo("alice"))
                .satisfies(letter -> assertThat(letter.moving()).isTrue());
        table.moved(List.of("a", "b"));
        assertThat(table.counts().moving()).isZero();
    }

    @EveryDatabase
    void whatCameOfAReplayIsTheNewestOfItsEventAtItsDestination() {
        park("a", 1, "ada", "stripe", "HTTP 400");
        table.decide(LetterTable.REPLAYED, ALL, null, 10, "alice");
        log(5, "ada", "stripe", "event-a", 1, "retrying");
        log(11, "ada", "stripe", "replay/a", 1, "retrying");
        log(12, "ada", "stripe", "replay/a", 1, "updated");
        log(13, "ada", "sql", "replay/a", 1, "unchanged");

        assertThat(table.outcome(table.find(List.of("a")).get("a"))).isEqualTo("updated");
    }

    @EveryDatabase
    void whatALaterDeliveryBroughtThereIsClosed() {
        park("a", 10, "ada", "stripe", "HTTP 400");
        project("ada", "stripe", "CURRENT");
        log(10, "ada", "stripe", "event-a", 1, "parked");
        resolution.step();
        assertThat(open()).containsExactly("a");

        log(11, "ada", "stripe", "event-b", 2, "updated");
        resolution.step();

        assertThat(open()).isEmpty();
        assertThat(note("a")).contains("later delivery");
    }

    @EveryDatabase
    void whomTheRulesNoLongerSendThereIsClosed() {
        park("a", 10, "ada", "stripe", "HTTP 400");
        project("ada", "stripe", "SKIPPED");
        log(11, "ada", "stripe", "event-b", 2, "skipped");

        resolution.step();

        assertThat(note("a")).contains("rules");
    }

    @EveryDatabase
    void anEventOfTheRouterIsClosedByANewerOneOfItsUser() {
        park("a", 10, "ada", "router", "the directory has no such user");
        log(10, "ada", "router", "event-a", 5, "parked");
        jdbc.update("insert into person (subject, version, content_hash, deleted) values ('ada', 5, 'h', false)");
        resolution.step();
        assertThat(open()).containsExactly("a");

        jdbc.update("update person set version = 6");
        resolution.step();

        assertThat(note("a")).contains("later event");
    }

    @EveryDatabase
    void ofTheSameDeliveryGivenUpTwiceTheNewerLetterStays() {
        park("a", 10, "ada", "stripe", "HTTP 400");
        park("b", 11, "ada", "stripe", "HTTP 404");
        park("c", 10, "ada", "router", "unknown event type");
        park("d", 11, "ada", "router", "unknown event type");

        resolution.step();

        assertThat(open()).containsExactly("d", "b", "c");
        assertThat(note("a")).contains("newer dead letter");
    }

    @EveryDatabase
    void manyAreLookedAtInSteps() {
        for (int i = 0; i < 1_200; i++) {
            park("letter-" + i, i, "user-" + i, "stripe", "HTTP 400");
        }
        project("user-3", "stripe", "CURRENT");
        log(2_000, "user-3", "stripe", "later", 2, "updated");

        resolution.step();
        resolution.step();
        assertThat(note("letter-3")).isEqualTo("null");
        resolution.step();

        assertThat(note("letter-3")).contains("later delivery");
    }
}
