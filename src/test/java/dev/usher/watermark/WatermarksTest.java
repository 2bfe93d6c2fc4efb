package dev.usher.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/** What every database must do for the sources. */
class WatermarksTest {

    private static final String SOURCE = "/entra/audit-log";

    private final TestClock clock = new TestClock();
    private final Instant now = clock.instant();
    private DataSource database;
    private Watermarks watermarks;

    @BeforeEach
    void begin(DataSource emptied) {
        database = emptied;
        watermarks = node();
    }

    @EveryDatabase
    void aSourceNeverPolledHasNoWatermark() {
        assertThat(watermarks.find(SOURCE)).isNull();
    }

    @EveryDatabase
    void aWatermarkSurvivesARestart() {
        var mark = Watermark.begin(SOURCE, now.minusSeconds(600), now)
                .reaching(now.minusMillis(7))
                .shallowAt(now.minusSeconds(1))
                .polledAt(now);

        watermarks.advance(mark, Map.of());

        assertThat(node().find(SOURCE)).isEqualTo(mark);
        assertThat(node().find("/other")).isNull();
    }

    @EveryDatabase
    void timesAreCutToTheMillisecondAndNeverRoundedUp() {
        watermarks.advance(begin().reaching(now.plusNanos(999_999)), Map.of());

        assertThat(node().find(SOURCE).newest()).isEqualTo(now);
    }

    @EveryDatabase
    void theNewestRecordNeverMovesBackwards() {
        watermarks.advance(begin().reaching(now.plusSeconds(5)), Map.of());

        watermarks.advance(begin().reaching(now.plusSeconds(1)), Map.of());

        assertThat(watermarks.find(SOURCE).newest()).isEqualTo(now.plusSeconds(5));
    }

    @EveryDatabase
    void aRecordIsUnseenUntilItIsNotedOnAnyNode() {
        var other = node();
        watermarks.advance(begin(), Map.of("a", now, "b", now));

        assertThat(watermarks.unseen(SOURCE, List.of("c", "a", "d"))).containsExactly("c", "d");
        assertThat(other.unseen(SOURCE, List.of("b", "c"))).containsExactly("c");
        assertThat(other.unseen("/other", List.of("b"))).containsExactly("b");
    }

    @EveryDatabase
    void aPageOfAThousandIsNotedAndFound() {
        var page = new LinkedHashMap<String, Instant>();
        IntStream.range(0, 1_000).forEach(i -> page.put("Directory_" + i, now.plusSeconds(i)));

        watermarks.advance(begin(), page);

        assertThat(node().unseen(SOURCE, page.keySet())).isEmpty();
    }

    @EveryDatabase
    void recordsThatAnotherNodeNotedMeanwhileHarmNothing() {
        watermarks.advance(begin(), Map.of("a", now));

        node().advance(begin().reaching(now.plusSeconds(9)), Map.of("a", now, "b", now));

        assertThat(node().unseen(SOURCE, List.of("a", "b", "c"))).containsExactly("c");
        assertThat(watermarks.find(SOURCE).newest()).isEqualTo(now.plusSeconds(9));
    }

    @EveryDatabase
    void recordsAndWatermarkAreNotedTogetherOrNotAtAll() {
        var tooLong = "x".repeat(201);

        assertThatThrownBy(() -> watermarks.advance(begin(), Map.of("a", now, tooLong, now)))
                .isInstanceOf(DataAccessException.class);

        assertThat(watermarks.find(SOURCE)).isNull();
        assertThat(watermarks.unseen(SOURCE, List.of("a"))).containsExactly("a");
    }

    @EveryDatabase
    void theTimeOfARecordIsFoundByHowManyAreNewer() {
        watermarks.advance(begin(), Map.of("a", now, "b", now.plusSeconds(1), "c", now.plusSeconds(2)));

        assertThat(watermarks.seenBefore(SOURCE, 0)).isEqualTo(now.plusSeconds(2));
        assertThat(watermarks.seenBefore(SOURCE, 2)).isEqualTo(now);
        assertThat(watermarks.seenBefore(SOURCE, 3)).isNull();
    }

    @EveryDatabase
    void oldRecordsArePurged() {
        watermarks.advance(begin(), Map.of("old", now.minus(Duration.ofDays(9)), "new", now.minus(Duration.ofDays(7))));

        assertThat(watermarks.purge(Duration.ofDays(8))).isEqualTo(1);

        assertThat(node().unseen(SOURCE, List.of("old", "new"))).containsExactly("old");
    }

    @EveryDatabase
    void aGapGrowsUntilItIsClosed() {
        watermarks.advance(begin(), Map.of());
        watermarks.noteGap(SOURCE, new Watermark.Gap(now.minusSeconds(90), now.minusSeconds(60)));
        watermarks.noteGap(SOURCE, new Watermark.Gap(now.minusSeconds(50), now.minusSeconds(30)));
        watermarks.advance(begin(), Map.of("a", now));

        assertThat(watermarks.find(SOURCE).gap())
                .isEqualTo(new Watermark.Gap(now.minusSeconds(90), now.minusSeconds(30)));
        watermarks.closeGap(SOURCE);

        assertThat(watermarks.find(SOURCE).gap()).isNull();
    }

    @EveryDatabase
    void theTablesOfQuartzServeAClusteredScheduler() throws Exception {
        var scheduler = new SchedulerFactoryBean();
        scheduler.setDataSource(database);
        scheduler.setTransactionManager(new DataSourceTransactionManager(database));
        scheduler.setSchedulerName("test");
        scheduler.setWaitForJobsToCompleteOnShutdown(true);
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        scheduler.setQuartzProperties(properties);
        scheduler.afterPropertiesSet();
        var quartz = scheduler.getScheduler();
        var job = JobBuilder.newJob(Fire.class)
                .withIdentity("job", "sources")
                .usingJobData("endpoint", "quartz:sources/poll")
                .build();

        quartz.start();
        quartz.scheduleJob(
                job,
                TriggerBuilder.newTrigger()
                        .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever())
                        .build());
        var fired = Fire.SEEN.poll(20, TimeUnit.SECONDS);
        scheduler.destroy();

        assertThat(fired).isEqualTo("quartz:sources/poll");
    }

    private Watermarks node() {
        return TestWatermarks.of(database, clock);
    }

    private Watermark begin() {
        return Watermark.begin(SOURCE, now, now);
    }

    /** Tells what it finds in its data, which Quartz kept in the database. */
    public static final class Fire implements Job {

        static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

        @Override
        public void execute(JobExecutionContext context) {
            SEEN.add(context.getMergedJobDataMap().getString("endpoint"));
        }
    }
}
