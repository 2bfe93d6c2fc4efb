package dev.usher.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.TestClock;
import dev.usher.entra.UserPage;
import dev.usher.projection.HandEdit;
import dev.usher.projection.Heard;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.Projections;
import dev.usher.projection.TestProjections;
import dev.usher.reconciliation.Run.State;
import dev.usher.router.Inspection;
import dev.usher.watermark.EveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What a run stores at each step, and what is counted from it, on every database. */
class RunsTest {

    private static final String SQL = "|sql:everybody|";

    private final Instant now = new TestClock().instant();
    private JdbcTemplate jdbc;
    private Projections projections;
    private ListedUsers users;
    private Runs runs;

    @BeforeEach
    void open(DataSource database) {
        jdbc = new JdbcTemplate(database);
        projections = TestProjections.on(database);
        users = new ListedUsers(jdbc);
        runs = new Runs(jdbc, new DataSourceTransactionManager(database), users);
    }

    private Run begun() {
        assertThat(runs.begin(new Order(Order.Mode.REPAIR, true, "sql", "an operator"), now))
                .isTrue();
        return runs.open();
    }

    private Page page(Run run, String nextLink) {
        return new Page(run, null, new UserPage(List.<ObjectNode>of(), nextLink), Map.of(), Map.of());
    }

    private Finding finding(String subject, Instant made, String found) {
        return new Finding(subject, made.toEpochMilli(), SQL, found, !found.isEmpty(), true, false);
    }

    @EveryDatabase
    void oneRunIsOpenAtATime() {
        var run = begun();

        assertThat(runs.begin(Order.repair("schedule"), now)).isFalse();
        assertThat(run.order()).isEqualTo(new Order(Order.Mode.REPAIR, true, "sql", "an operator"));
        assertThat(run.state()).isEqualTo(State.LISTING);
        assertThat(run.startedAt()).isEqualTo(now);
        assertThat(run.endedAt()).isNull();
    }

    @EveryDatabase
    void aRunGoesOnWhereAnotherNodeLeftIt() {
        var run = begun();
        var first = page(run, "https://graph/next?" + "x".repeat(15_000));
        first.findings.add(finding("ada", now, " drifted:sql"));
        first.findings.add(finding("bob", now, ""));

        runs.listed(first, now.plusSeconds(1));

        var next = runs.open();
        assertThat(next.nextLink()).isEqualTo(first.listed.nextLink());
        assertThat(next.pages()).isOne();
        assertThat(next.repaired()).isOne();
        assertThat(next.changedAt()).isEqualTo(now.plusSeconds(1));
    }

    @EveryDatabase
    void thePageDoneAgainAfterACrashKeepsWhatWasFoundFirst() {
        var run = begun();
        users.write(run.id(), List.of(finding("ada", now, " missing:sql")));

        users.write(run.id(), List.of(finding("ada", now, ""), finding("bob", now, "")));

        assertThat(users.found(run.id())).isEqualTo(Map.of(" missing:sql", 1L, "", 1L));
    }

    @EveryDatabase
    void whoWasNotListedIsSoughtInOrder() {
        var run = begun();
        projections.write(
                List.of(person("ada", false), person("bob", false), person("eve", true), person("joe", false)));
        users.write(run.id(), List.of(finding("ada", now, "")));
        runs.listed(page(run, null), now);
        assertThat(runs.open().state()).isEqualTo(State.ORPHANS);

        assertThat(users.unlisted(run.id(), "", 1)).containsExactly("bob");
        assertThat(users.unlisted(run.id(), "bob", 10)).containsExactly("joe");

        var page = page(runs.open(), null);
        page.sought = List.of("bob", "joe");
        page.orphans = List.of("joe");
        runs.sought(page, now);
        assertThat(runs.open().place()).isEqualTo("joe");
        assertThat(runs.open().orphans()).isOne();
        runs.sought(page(runs.open(), null), now.plusSeconds(9));
        assertThat(runs.open()).isNull();
        assertThat(runs.settling().endedAt()).isEqualTo(now.plusSeconds(9));
    }

    private static Person person(String subject, boolean deleted) {
        return new Person(subject, 1, "h-" + subject, null, deleted, false);
    }

    @EveryDatabase
    void aFinishedRunKeepsItsReport() {
        var run = begun();
        runs.listed(page(run, null), now);
        runs.sought(page(runs.open(), null), now);
        var report = JsonNodeFactory.instance
                .objectNode()
                .put("long", "x".repeat(100_000))
                .toString();

        runs.finish(runs.settling(), State.FINISHED, report);

        assertThat(runs.settling()).isNull();
        assertThat(runs.find(run.id()).report()).isEqualTo(report);
        assertThat(runs.newest(5)).extracting(Run::id).containsExactly(run.id());
    }

    @EveryDatabase
    void aStoppedRunMakesRoomForAnother() {
        begun();
        assertThat(runs.again("gap of a source")).isTrue();
        assertThat(runs.open().again()).isEqualTo("gap of a source");

        assertThat(runs.stop(now)).isTrue();

        assertThat(runs.stop(now)).isFalse();
        assertThat(runs.again("gap of a source")).isFalse();
        assertThat(runs.begin(Order.repair("schedule"), now)).isTrue();
    }

    @EveryDatabase
    void oldRunsAreForgotten() {
        begun();
        runs.stop(now);

        runs.forget(now.plus(Duration.ofDays(1)));

        assertThat(runs.newest(5)).isEmpty();
    }

    @EveryDatabase
    void openDeadLettersAreFoundByUser() {
        jdbc.update(
                "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state,"
                        + " reported) values ('1', 1, 'ada', 'sql', 'e', 'user.created', 'no', 1, 'open', false)");
        jdbc.update(
                "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state,"
                        + " reported) values ('2', 1, 'bob', 'sql', 'e', 'user.created', 'no', 1, 'replayed', false)");

        assertThat(users.parked(List.of("ada", "bob"))).isEqualTo(Map.of("ada", Set.of("sql")));
        assertThat(users.parked(List.of())).isEmpty();
    }

    @EveryDatabase
    void everyHourTellsWhoIsWhere() {
        var run = begun();
        projections.write(List.of(
                person("ada", false),
                person("bob", false),
                new Heard("ada", "/entra/audit-log"),
                new Heard("bob", Inspection.SOURCE),
                new Projection("ada", "sql", Projection.State.CURRENT, "ada", "c", "h-ada", "m", 1, null, null, null)));
        var hour = Instant.parse("2026-11-21T14:00:00Z");
        users.write(
                run.id(),
                List.of(
                        finding("ada", hour.plusSeconds(5), ""),
                        finding("bob", hour.plusSeconds(3_599), " missing:sql"),
                        finding("eve", hour.minus(Duration.ofDays(3)), " unheard missing:sql")));

        var hours = users.hours(run.id(), hour.minusSeconds(1), Map.of("sql", "m"));

        assertThat(hours)
                .extracting(Hour::line)
                .containsExactly(
                        "earlier: directory 1, events 0, sql 0",
                        "2026-11-21T14:00Z: directory 2, events 1 (+1 healed by reconciliation), sql 1");
    }

    private static Projection projection(String subject, Projection.State state, String userHash, String mapping) {
        return new Projection(subject, "sql", state, null, "c", userHash, mapping, 1, null, null, null);
    }

    @EveryDatabase
    void whoIsNotThereByRuleIsMissedByNobody() {
        var run = begun();
        List.of("ada", "bob", "joe", "kim")
                .forEach(name -> projections.write(List.of(person(name, false), new Heard(name, "/entra/audit-log"))));
        projections.write(List.of(
                projection("ada", Projection.State.CURRENT, "h-ada", "m"),
                projection("bob", Projection.State.SKIPPED, "h-bob", "m"),
                projection("joe", Projection.State.ARCHIVED, "h-joe", "m"),
                projection("kim", Projection.State.DELETED, "h-kim", "m")));
        users.write(
                run.id(),
                List.of(
                        finding("ada", now, ""),
                        finding("bob", now, ""),
                        finding("joe", now, ""),
                        finding("kim", now, "")));

        var hours = users.hours(run.id(), now.plus(Duration.ofDays(1)), Map.of("sql", "m"));

        assertThat(hours)
                .extracting(Hour::line)
                .containsExactly("earlier: directory 4, events 4, sql 1 (+3 not there by rule)");
        assertThat(hours).allMatch(Hour::isComplete);
    }

    @EveryDatabase
    void whatAnOlderUserOrMappingDecidedProvesNothing() {
        var run = begun();
        List.of("ada", "bob", "joe")
                .forEach(name -> projections.write(List.of(person(name, false), new Heard(name, "/entra/audit-log"))));
        projections.write(List.of(
                projection("ada", Projection.State.CURRENT, "h-ada", "older"),
                projection("bob", Projection.State.SKIPPED, "h-before", "m"),
                projection("joe", Projection.State.PARKED, "h-joe", "m")));
        users.write(run.id(), List.of(finding("ada", now, ""), finding("bob", now, ""), finding("joe", now, "")));

        var hours = users.hours(run.id(), now.plus(Duration.ofDays(1)), Map.of("sql", "m"));

        assertThat(hours).extracting(Hour::line).containsExactly("earlier: directory 3, events 3, sql 0");
        assertThat(hours).noneMatch(Hour::isComplete);
    }

    @EveryDatabase
    void handEditsAreCountedByTheirRun() {
        projections.write(List.of(
                new HandEdit("1/ada", "sql", "ada", HandEdit.CHANGED, 1),
                new HandEdit("1/bob", "sql", "bob", HandEdit.REMOVED, 1),
                new HandEdit("12/ada", "sql", "ada", HandEdit.CHANGED, 1),
                new HandEdit("sync/ada", "sql", "ada", HandEdit.CHANGED, 1)));

        assertThat(users.handEdits(List.of(1L, 2L, 12L)))
                .isEqualTo(Map.of(1L, Map.of("sql", 2L), 12L, Map.of("sql", 1L)));
        assertThat(users.handEdits(List.of())).isEmpty();
    }
}
