package dev.usher.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.usher.benchmark.Crowd;
import dev.usher.benchmark.Everybody;
import dev.usher.benchmark.Program;
import dev.usher.benchmark.Stage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The packaged jar, installed, with the routes as they are, on PostgreSQL and an Artemis in another process, by configuration alone.
 * The steps follow each other on the same data.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackingIT {

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Pools wait for half a minute, Quartz looks at its cluster every few seconds. */
    private static final Duration LONG = Duration.ofSeconds(40);

    private static final int PEOPLE = 40;
    private static final String DATABASE_LOST = "the database does not serve";
    private static final String BROKER_LOST = "the broker does not serve";

    private static Stage stage;
    private static Ground ground;
    private static Crowd crowd;
    private static Program first;

    @BeforeAll
    static void setUp() {
        Stage.requireJar();
        stage = new Stage(Path.of("target/backing")).installed();
        stage.resetWithoutLimits();
        crowd = new Crowd(stage.control(), "backing");
        ground = new Ground(Path.of("target/backing/ground"));
    }

    @AfterAll
    static void tearDown() {
        if (first != null) {
            first.close();
        }
        ground.close();
        stage.close();
    }

    private static Program usher(String home, String... more) {
        var settings = new ArrayList<>(ground.settings());
        settings.addAll(List.of(
                "--usher.entra.poll.cron=* * * * * ?",
                "--usher.entra.poll.requests=1000",
                "--usher.destinations.stripe.calls=1000",
                "--usher.destinations.stripe.per=1000",
                "--usher.destinations.entra.calls=1000",
                "--usher.destinations.entra.per=1000"));
        for (var setting : more) {
            var key = setting.substring(0, setting.indexOf('=') + 1);
            settings.removeIf(other -> other.startsWith(key));
            settings.add(setting);
        }
        return stage.usher(stage.home(home), List.of(), settings);
    }

    private static Everybody everybody() {
        return new Everybody(stage.control(), crowd.emails());
    }

    private static void assertEverybodyArrives() {
        await("everybody").atMost(PATIENCE).until(everybody()::arrived);
        assertThat(everybody().faults()).isEmpty();
    }

    private static long told(String text) {
        return first.log().lines().filter(line -> line.contains(text)).count();
    }

    @Test
    @Order(0)
    void aStartThatWaitsEndsWhenItIsAskedTo() {
        try (var waiting = usher("waiting")) {
            waiting.awaitLine(DATABASE_LOST, START);

            assertThat(waiting.stop(Duration.ofSeconds(5))).isLessThan(Duration.ofSeconds(5));
            assertThat(waiting.exitCode()).isEqualTo(143);
        }
    }

    @Test
    @Order(1)
    void theStartWaitsForDatabaseAndBrokerAndGoesOnWhenTheyCome() {
        first = usher("first");
        first.awaitLine(DATABASE_LOST, START);
        ground.startDatabase();
        first.awaitLine(BROKER_LOST, START);
        ground.startBroker();

        first.awaitLine("Started UsherApplication", START);

        assertThat(told("Usher waits, and starts when it comes. Start it,")).isEqualTo(2);
        crowd.signUp(PEOPLE, Duration.ZERO);
        assertEverybodyArrives();
        assertThat(first.log()).as("the alarms read the queues").doesNotContain("Alarms could not be looked at");
    }

    @Test
    @Order(2)
    void wrongCredentialsEndTheStartAtOnce() {
        try (var refused = usher("refused", "--spring.artemis.password=wrong-and-never-shown")) {
            refused.awaitEnd(START);

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.log())
                    .contains("the broker refused the user name or the password", "USHER_BROKER_PASSWORD")
                    .doesNotContain("never-shown", "\tat ");
        }
    }

    @Test
    @Order(3)
    void aDatabaseThatDoesNotExistEndsTheStartAtOnce() {
        var url = ground.settings().get(0).replace("/postgres", "/nobody");
        try (var refused = usher("refused", url)) {
            refused.awaitEnd(START);

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.log())
                    .contains("there is no such database", "DATABASE_URL")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @Order(4)
    void aBrokerThatIsKilledIsToldOnceAndEverythingGoesOnWhenItIsBack() {
        long before = told(BROKER_LOST);
        crowd.signUp(PEOPLE, Duration.ZERO);
        ground.killBroker();
        await("told").atMost(PATIENCE).until(() -> told(BROKER_LOST) > before);
        crowd.signUp(PEOPLE, Duration.ZERO);

        ground.startBroker();

        assertEverybodyArrives();
        await("told").atMost(PATIENCE).until(() -> told("the broker answers again") == 2);
        assertThat(told(BROKER_LOST)).isEqualTo(before + 1);
    }

    @Test
    @Order(5)
    void aDatabaseThatEndsIsToldOnceAndEverythingGoesOnWhenItIsBack() {
        long before = told(DATABASE_LOST);
        crowd.signUp(PEOPLE, Duration.ZERO);
        ground.endDatabase();
        await("told").atMost(PATIENCE).until(() -> told(DATABASE_LOST) > before);
        crowd.signUp(PEOPLE, Duration.ZERO);
        await("longer than connections are waited for")
                .atMost(PATIENCE)
                .pollDelay(LONG)
                .until(() -> true);

        ground.startDatabase();

        assertEverybodyArrives();
        await("told").atMost(PATIENCE).until(() -> told("the database answers again") == 2);
        assertThat(told(DATABASE_LOST)).isEqualTo(before + 1);
    }

    @Test
    @Order(6)
    void nothingOfThatIsToldByAStackTrace() {
        assertThat(first.log().lines().filter(line -> line.startsWith("\tat ")).limit(5))
                .as("see target/backing/first/usher.log")
                .isEmpty();
    }

    @Test
    @Order(7)
    void twoNodesPollAsOneAndTheSecondGoesOnAloneWhenTheFirstIsKilled() {
        try (var second = usher("second")) {
            second.awaitLine("Started UsherApplication", START);
            int before = polls();
            long begun = System.nanoTime();
            crowd.signUp(PEOPLE, Duration.ZERO);
            assertEverybodyArrives();
            long seconds = (System.nanoTime() - begun) / 1_000_000_000;
            assertThat(polls() - before).as("polls in %d s", seconds).isLessThanOrEqualTo((int) seconds + 3);

            crowd.signUp(PEOPLE, Duration.ZERO);
            first.kill();
            crowd.signUp(PEOPLE, Duration.ZERO);

            assertEverybodyArrives();
        }
    }

    private static int polls() {
        return stage.control().count("entra", "GET", ".*/auditLogs/directoryAudits.*");
    }
}
