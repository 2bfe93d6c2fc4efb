package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.TestClock;
import dev.usher.event.IdentityEvent;
import dev.usher.event.TestBroker;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.SignUp;
import dev.usher.sandbox.server.Fault;
import dev.usher.token.SandboxTokens;
import dev.usher.vendor.TestCalls;
import dev.usher.watermark.Lateness;
import dev.usher.watermark.SourceGap;
import dev.usher.watermark.TestDatabase;
import dev.usher.watermark.TestWatermarks;
import dev.usher.watermark.Watermarks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real route and beans, a real broker and database, the simulated directory; only the clock is moved by hand. */
class AuditLogPollTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final PollSettings SETTINGS = settings(1000, 900);

    private static TestClock clock;
    private static Sandbox sandbox;

    private final List<Object> told = new ArrayList<>();
    private TestBroker broker;
    private TestDatabase database;
    private Watermarks watermarks;
    private Lateness lateness;
    private DefaultCamelContext camel;

    @BeforeAll
    static void startSandbox() {
        clock = new TestClock();
        sandbox = Sandbox.start(SandboxPorts.random(), clock);
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void start() throws Exception {
        sandbox.reset();
        sandbox.entra().unlimit(); // its limits run by the real time
        broker = new TestBroker();
        database = TestDatabase.h2();
        startNode(SETTINGS);
    }

    @AfterEach
    void stop() throws Exception {
        camel.stop();
        broker.close();
        database.close();
    }

    @Test
    void aSignUpBecomesOneEvent() throws Exception {
        var id = signUp("ada", "PT0S");
        var at = clock.instant();

        tick();
        tick();

        assertThat(broker.drain()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("user.created");
            assertThat(event.source()).isEqualTo("/entra/audit-log");
            assertThat(event.subject()).isEqualTo(id);
            assertThat(event.time()).isEqualTo(at);
            assertThat(event.id()).startsWith("Directory_");
            assertThat(event.data()).isNull();
        });
    }

    @Test
    void everyActivityBecomesItsEvent() throws Exception {
        var id = signUp("ada", "PT0S");
        var tenant = sandbox.entra().tenant();
        clock.advance(Duration.ofSeconds(1));
        tenant.change(id, JSON.readTree("{\"displayName\":\"Ada L\"}"));
        clock.advance(Duration.ofSeconds(1));
        tenant.change(id, JSON.readTree("{\"accountEnabled\":false}"));
        clock.advance(Duration.ofSeconds(1));
        tenant.change(id, JSON.readTree("{\"accountEnabled\":true}"));
        clock.advance(Duration.ofSeconds(1));
        tenant.delete(id);
        clock.advance(Duration.ofSeconds(1));
        tenant.restore(id);

        tick();

        var types = broker.drain().stream().map(IdentityEvent::type).toList();
        assertThat(types)
                .containsSubsequence(
                        "user.created", "user.updated", "user.disabled", "user.updated", "user.deleted", "user.updated")
                .containsOnlyOnce("user.created", "user.disabled", "user.deleted");
    }

    @Test
    void aLateRecordIsFoundBehindANewerOne() throws Exception {
        var late = signUp("late", "PT90S");
        clock.advance(Duration.ofSeconds(60));
        var prompt = signUp("prompt", "PT0S");

        tick();
        assertThat(subjects(broker.drain())).containsExactly(prompt);
        clock.advance(Duration.ofSeconds(30));
        tick();
        tick();

        assertThat(subjects(broker.drain())).containsExactly(late);
    }

    @Test
    void howLateRecordsComeIsMeasured() throws Exception {
        tick();
        signUp("late", "PT90S");
        clock.advance(Duration.ofSeconds(5));
        signUp("prompt", "PT0S");
        tick();
        clock.advance(Duration.ofSeconds(90));

        tick();

        assertThat(lateness.histogram(AuditLogPoll.SOURCE)).isEqualTo(Map.of(120L, 1L));
    }

    @Test
    void whatWaitedWhileUsherWasDownIsNotCalledLate() throws Exception {
        tick();
        camel.stop();
        signUp("ada", "PT0S");
        clock.advance(Duration.ofMinutes(20));
        startNode(SETTINGS);

        tick();
        tick();

        assertThat(broker.drain()).hasSize(1);
        assertThat(lateness.histogram(AuditLogPoll.SOURCE)).isEmpty();
    }

    @Test
    void theDeepOverlapFollowsHowLateRecordsCome() throws Exception {
        lateness.note(AuditLogPoll.SOURCE, List.of(Duration.ofMinutes(50)));
        tick();
        var late = signUp("late", "PT80M");
        for (int i = 0; i < 9; i++) {
            clock.advance(Duration.ofMinutes(10));
            signUp("prompt" + i, "PT0S");
            tick();
        }

        assertThat(subjects(broker.drain())).contains(late);
    }

    @Test
    void aVeryLateRecordIsFoundByTheDeepOverlap() throws Exception {
        var late = signUp("late", "PT20M");
        var found = new ArrayList<String>();

        for (var minute = 0; minute < 31; minute++) {
            clock.advance(Duration.ofMinutes(1));
            signUp("prompt" + minute, "PT0S");
            tick();
            if (minute == 18) {
                assertThat(subjects(broker.drain())).doesNotContain(late).hasSize(19);
            }
        }
        found.addAll(subjects(broker.drain()));

        assertThat(found).contains(late).doesNotHaveDuplicates();
    }

    @Test
    void recordsReadAgainAreNotPublishedAgain() throws Exception {
        for (var i = 0; i < 40; i++) {
            signUp("user" + i, i % 4 == 0 ? "PT7S" : "PT0S");
            clock.advance(Duration.ofMillis(800));
            tick();
        }
        restart();
        tick();
        tick();

        assertThat(subjects(broker.drain())).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aBurstIsReadOnceAndItsOverlapNotAtEveryPoll() throws Exception {
        startNode(settings(100, 90));
        for (var i = 0; i < 1_000; i++) {
            signUp("user" + i, i == 17 ? "PT20S" : "PT0S");
            clock.advance(Duration.ofMillis(10));
        }

        tick();
        assertThat(broker.drain()).hasSize(999);
        sandbox.entra().forgetCalls();
        tick();
        var afterTheBurst = auditCalls();
        for (var i = 0; i < 20; i++) {
            tick();
        }

        assertThat(afterTheBurst).as("one head, and a share of the overlap").isLessThanOrEqualTo(1 + 3);
        assertThat(broker.drain()).hasSize(1);
        assertThat(auditCalls()).as("21 polls of an overlap of 10 pages").isLessThan(21 + 4 * 11);
    }

    @Test
    void neverMoreThanFiveCallsInTenSeconds() throws Exception {
        startNode(settings(10, 9));
        for (var i = 0; i < 200; i++) {
            signUp("user" + i, "PT0S");
        }

        for (var i = 0; i < 10; i++) {
            tick();
        }

        assertThat(broker.drain()).hasSize(200);
        var times = sandbox.entra().calls().stream()
                .filter(call -> call.target().contains("directoryAudits"))
                .map(call -> Instant.parse(call.toJson().path("at").asText()))
                .toList();
        for (var i = 5; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 5), times.get(i))).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
        assertThat(times).hasSizeGreaterThan(20);
    }

    @Test
    void retryAfterIsObeyed() throws Exception {
        signUp("ada", "PT0S");
        fault(new Fault(429, 12, Duration.ZERO, null, false, 1.0, 1, Pattern.compile("directoryAudits")));

        tick();
        tick();
        tick();
        assertThat(auditCalls()).isEqualTo(1);
        assertThat(broker.drain()).isEmpty();
        tick();

        assertThat(broker.drain()).hasSize(1);
    }

    @Test
    void withoutRetryAfterThePauseGrows() throws Exception {
        signUp("ada", "PT0S");
        fault(new Fault(429, null, Duration.ZERO, null, false, 1.0, 3, Pattern.compile("directoryAudits")));
        var callsAfter = new ArrayList<Integer>();

        for (var i = 0; i < 8; i++) {
            tick();
            callsAfter.add(auditCalls());
        }

        assertThat(callsAfter).containsExactly(1, 2, 2, 3, 3, 3, 3, 4);
        assertThat(broker.drain()).hasSize(1);
    }

    @Test
    void lostAndBrokenAnswersAreAskedForAgain() throws Exception {
        signUp("ada", "PT0S");

        fault(new Fault(
                null, null, Duration.ZERO, Fault.Cut.AFTER, false, 1.0, null, Pattern.compile("directoryAudits")));
        tick();
        fault(new Fault(null, null, Duration.ZERO, null, true, 1.0, null, Pattern.compile("directoryAudits")));
        tick();
        assertThat(broker.drain()).isEmpty();
        sandbox.entra().faults().heal();
        tick();
        tick();

        assertThat(broker.drain()).hasSize(1);
    }

    @Test
    void aFailureOnALaterPageKeepsWhatWasPublishedBefore() throws Exception {
        startNode(settings(10, 9));
        for (var i = 0; i < 25; i++) {
            signUp("user" + i, "PT0S");
            clock.advance(Duration.ofMillis(10));
        }
        fault(new Fault(503, null, Duration.ZERO, null, false, 1.0, 1, Pattern.compile("skiptoken")));

        tick();
        assertThat(broker.drain()).hasSize(10);
        tick();
        tick();

        assertThat(broker.drain()).hasSize(15);
    }

    @Test
    void aCrashBetweenPublishingAndTheWatermarkPublishesAgain() throws Exception {
        var id = signUp("ada", "PT0S");
        var crashing = node(SETTINGS);
        var poll = crashing.begin();
        crashing.page(poll);
        broker.events().publish(poll.getEvents());

        restart();
        tick();
        tick();

        assertThat(subjects(broker.drain())).containsExactly(id, id);
    }

    @Test
    void whatTheBrokerDidNotTakeIsPublishedLater() throws Exception {
        signUp("ada", "PT0S");
        startNode(SETTINGS, new Refusing());

        assertThat(catchThrowable(this::tick)).isInstanceOf(CamelExecutionException.class);
        restart();
        tick();

        assertThat(broker.drain()).hasSize(1);
    }

    @Test
    void theFirstPollGoesBackOnlyToItsBegin() throws Exception {
        signUp("early", "PT0S");
        clock.advance(Duration.ofMinutes(11));
        var recent = signUp("recent", "PT0S");

        for (var i = 0; i < 150; i++) {
            tick();
        }

        assertThat(subjects(broker.drain())).containsExactly(recent);
    }

    @Test
    void aQuietMonthIsNoGap() throws Exception {
        signUp("ada", "PT0S");
        tick();
        broker.drain();

        for (var day = 0; day < 30; day++) {
            clock.advance(Duration.ofDays(1));
            tick();
        }
        signUp("bob", "PT0S");
        tick();

        assertThat(broker.drain()).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void aGapIsToldAndThePollGoesOnFromWhatIsLeft() throws Exception {
        signUp("ada", "PT0S");
        tick();
        broker.drain();
        var stopped = clock.instant();
        signUp("lost", "PT0S");

        clock.advance(Duration.ofDays(8));
        var recent = signUp("recent", "PT0S");
        restart();
        tick();
        tick();

        assertThat(subjects(broker.drain())).containsExactly(recent);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        SourceGap.class, gap -> assertThat(gap.gap().from()).isEqualTo(stopped));
        assertThat(watermarks.find(AuditLogPoll.SOURCE).gap()).isNotNull();
    }

    private void tick() {
        clock.advance(TICK);
        camel.createProducerTemplate().sendBody("direct:tick", null);
    }

    private void restart() throws Exception {
        startNode(SETTINGS);
    }

    private void startNode(PollSettings settings) throws Exception {
        startNode(settings, broker.events());
    }

    private void startNode(PollSettings settings, Object events) throws Exception {
        if (camel != null) {
            camel.stop();
        }
        camel = new DefaultCamelContext();
        var properties = new Properties();
        properties.setProperty("usher.entra.poll.enabled", "true");
        properties.setProperty("usher.entra.poll.cron", "0/5 * * * * ?");
        camel.getPropertiesComponent().setInitialProperties(properties);
        camel.getRegistry().bind("auditLogPoll", node(settings));
        camel.getRegistry().bind("events", events);
        var route = Path.of("routes/sources/entra-audit-log/poll-entra-audit-log.camel.yaml");
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel, "file:" + route));
        AdviceWith.adviceWith(camel, "poll-entra-audit-log", advice -> advice.replaceFromWith("direct:tick"));
        camel.start();
    }

    @Test
    void theReasonOfAPollThatFailedQuotesNoAnswer() {
        var unreadable = catchThrowable(() -> JSON.readTree("{\"userPrincipalName\": telltale}"));

        assertThat(unreadable).hasMessageContaining("telltale");
        assertThat(AuditLogPoll.reason((Exception) unreadable)).isEqualTo("JsonParseException");
        assertThat(AuditLogPoll.reason(new IOException("graph.test"))).isEqualTo("IOException: graph.test");
    }

    private AuditLogPoll node(PollSettings settings) {
        var entra = new EntraSettings(
                URI.create(sandbox.properties().get("usher.entra.graph-url")), null, List.of(), Duration.ofSeconds(15));
        watermarks = TestWatermarks.of(database.dataSource(), clock);
        var audits = new AuditLog(new Graph(entra, SandboxTokens.of(sandbox, clock), TestCalls.uncounted()));
        lateness = TestWatermarks.lateness(database.dataSource(), clock);
        return new AuditLogPoll(audits, watermarks, lateness, settings, told::add, clock, duration -> {
            clock.advance(duration);
            return true;
        });
    }

    private static PollSettings settings(int pageSize, int reread) {
        return new PollSettings(
                List.copyOf(Activities.known()),
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Duration.ofMinutes(30),
                Duration.ofHours(6),
                1.5,
                Duration.ofMinutes(10),
                reread,
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                Duration.ofDays(8),
                pageSize,
                5,
                Duration.ofSeconds(10));
    }

    private static String signUp(String name, String auditDelay) throws IOException {
        return sandbox.entra()
                .tenant()
                .signUp(SignUp.of(
                        JSON.readTree("{\"email\":\"" + name + "@shop.test\",\"auditDelay\":\"" + auditDelay + "\"}")));
    }

    private static void fault(Fault fault) {
        sandbox.entra().faults().replace(List.of(fault));
    }

    private static int auditCalls() {
        return (int) sandbox.entra().calls().stream()
                .filter(call -> call.target().contains("directoryAudits"))
                .count();
    }

    private static List<String> subjects(List<IdentityEvent> events) {
        return events.stream().map(IdentityEvent::subject).toList();
    }

    /** Stands for {@code events} while the broker is away. */
    public static final class Refusing {
        public void publish(List<IdentityEvent> events) {
            throw new IllegalStateException("no broker");
        }
    }
}
