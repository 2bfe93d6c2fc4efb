package dev.usher.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.TestClock;
import dev.usher.destination.TestDestinations;
import dev.usher.entra.UserPage;
import dev.usher.projection.Heard;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.TestProjections;
import dev.usher.reconciliation.Run.State;
import dev.usher.watermark.EveryDatabase;
import dev.usher.watermark.TestWatermarks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** When a report is counted, and that whoever reads it gets what was counted. Only the destination sql is switched on. */
class ConclusionsTest {

    private static final ReconciliationSettings SETTINGS =
            new ReconciliationSettings(999, Duration.ZERO, Duration.ofMinutes(30), 48, Duration.ofDays(90));

    private final TestClock clock = new TestClock();
    private JdbcTemplate jdbc;
    private ListedUsers users;
    private Runs runs;
    private Reports reports;
    private Conclusions conclusions;
    private Run run;

    @BeforeEach
    void adaIsEverywhereAndBobIsMissing(DataSource database) {
        jdbc = new JdbcTemplate(database);
        users = new ListedUsers(jdbc);
        runs = new Runs(jdbc, new DataSourceTransactionManager(database), users);
        var destinations = TestDestinations.ofProject(Map.of(
                "usher.destinations.sql.enabled", "true",
                "usher.destinations.sql.data-source.url", "jdbc:none",
                "usher.destinations.sql.statement", "upsert-customer.h2.sql",
                "usher.destinations.sql.consumers", "1",
                "usher.destinations.sql.calls", "1",
                "usher.destinations.sql.per", "1"));
        reports = new Reports(users, destinations, SETTINGS);
        conclusions = new Conclusions(runs, users, reports, TestWatermarks.of(database, clock), SETTINGS, clock);
        var mapping = destinations.get("sql").mapping();
        for (var name : List.of("ada", "bob")) {
            TestProjections.on(database)
                    .write(List.of(
                            new Person(name, 1, "h", null, false, false),
                            new Heard(name, "/entra/audit-log"),
                            new Projection(
                                    name,
                                    "sql",
                                    name.equals("ada") ? Projection.State.CURRENT : Projection.State.PARKED,
                                    name,
                                    "c",
                                    "h",
                                    mapping,
                                    1,
                                    null,
                                    null,
                                    null)));
        }
        runs.begin(Order.repair("schedule"), clock.instant());
        run = runs.open();
        var page = new Page(run, null, new UserPage(List.of(), null), Map.of(), Map.of());
        for (var name : List.of("ada", "bob")) {
            page.findings.add(new Finding(name, 1, "|sql:everybody|", "", false, true, false));
        }
        runs.listed(page, clock.instant());
    }

    private void compare() {
        runs.sought(new Page(runs.open(), null, new UserPage(List.of(), null), Map.of(), Map.of()), clock.instant());
        conclusions.compared(run.id());
    }

    private void bobArrives() {
        jdbc.update("update projection set state = 'CURRENT' where subject = 'bob'");
    }

    private JsonNode report() {
        return reports.of(runs.find(run.id()));
    }

    private String coverage() {
        return report().path("coverage").path(0).asText();
    }

    @EveryDatabase
    void whoReadsAReportGetsWhatTheLastTickCounted() {
        compare();
        assertThat(coverage()).isEqualTo("earlier: directory 2, events 2, sql 1");

        bobArrives();
        jdbc.update("delete from listed_user");

        assertThat(coverage()).isEqualTo("earlier: directory 2, events 2, sql 1");
        assertThat(report().path("seen").asLong()).isEqualTo(2);
        assertThat(report().path("complete").asBoolean()).isFalse();
    }

    @EveryDatabase
    void theNextTickCountsAnewAndEndsTheRunWhenEverybodyIsThere() {
        compare();
        conclusions.settle();
        assertThat(report().path("state").asText()).isEqualTo("settling");
        bobArrives();

        clock.advance(Duration.ofMinutes(1));
        conclusions.settle();

        assertThat(coverage()).endsWith("sql 2");
        assertThat(report().path("state").asText()).isEqualTo("finished");
        assertThat(report().path("complete").asBoolean()).isTrue();
    }

    @EveryDatabase
    void whileUsersAreComparedTheyAreCountedNowAndThen() {
        assertThat(report().path("seen").asLong()).isZero();

        conclusions.progressed(run.id());
        assertThat(report().path("seen").asLong()).isEqualTo(2);
        assertThat(report().path("complete").asBoolean()).isFalse();
        jdbc.update("delete from listed_user where subject = 'bob'");
        conclusions.progressed(run.id());
        assertThat(report().path("seen").asLong()).isEqualTo(2);

        clock.advance(Duration.ofSeconds(5));
        conclusions.progressed(run.id());
        assertThat(report().path("seen").asLong()).isEqualTo(1);
    }

    @EveryDatabase
    void whileNothingIsCountedOfTheComparedTheAlarmStaysAsItIs() {
        conclusions.progressed(run.id());
        runs.sought(new Page(runs.open(), null, new UserPage(List.of(), null), Map.of(), Map.of()), clock.instant());
        var alarm = new MissingAlarm(runs, reports);

        assertThat(alarm.look()).isNull();
        conclusions.compared(run.id());
        assertThat(alarm.look()).isNotNull();
    }

    @EveryDatabase
    void aFinalReportIsNotOverwritten() {
        compare();
        bobArrives();
        conclusions.settle();
        assertThat(runs.find(run.id()).state()).isEqualTo(State.FINISHED);

        runs.note(runs.find(run.id()), "{}");

        assertThat(coverage()).endsWith("sql 2");
    }
}
