package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.content.Fingerprint;
import dev.usher.content.Fingerprints;
import dev.usher.destination.Destinations;
import dev.usher.destination.TestDestinations;
import dev.usher.event.Headers;
import dev.usher.event.IdentityEvent;
import dev.usher.event.Urgency;
import dev.usher.projection.Change;
import dev.usher.projection.Known;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.Projection.Claim;
import dev.usher.projection.Projection.State;
import dev.usher.projection.Projections;
import dev.usher.projection.StateUnavailable;
import dev.usher.projection.TestProjections;
import dev.usher.watermark.TestDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What a delivery decides before the call, and what becomes of a failure, from what is remembered. */
class DecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String CONTENT = "{\"name\": \"Ada\"}";

    private final TestDatabase database = TestDatabase.h2();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    private final AtomicBoolean away = new AtomicBoolean();
    private final CamelContext camel = new DefaultCamelContext();
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.ofHours(13));
    private final Fingerprint fingerprint = Fingerprints.with("a key of at least 16 characters");
    private final Destinations destinations = TestDestinations.ofProject(Map.of(
            "usher.destinations.stripe.retry.first", "10s",
            "usher.destinations.stripe.retry.attempts", "3",
            "usher.destinations.mailchimp.key-lifetime", "0s",
            "usher.destinations.salesforce.key-lifetime", "0s",
            "usher.destinations.salesforce.findable-after", "0s",
            "usher.destinations.sql.key-lifetime", "0s",
            "usher.destinations.sql.findable-after", "0s",
            "usher.destinations.dataverse.key-lifetime", "0s",
            "usher.destinations.dataverse.findable-after", "0s"));
    private final Projections projections = TestProjections.on(new DelegatingDataSource(database.dataSource()) {
        @Override
        public Connection getConnection() throws SQLException {
            if (away.get()) {
                throw new SQLException("the database is away");
            }
            return super.getConnection();
        }
    });
    private final Pauses pauses = new Pauses(camel, destinations, new PauseNotes(jdbc, clock), clock);
    private final Unwritten unwritten = new Unwritten(projections);
    private final Deliveries deliveries = new Deliveries(
            projections, destinations, fingerprint, pauses, new Backlog(destinations, pauses, clock), unwritten, clock);
    private Failures failures;

    @BeforeEach
    void failures() {
        failures = new Failures(projections, destinations, pauses, new Authorization(null), unwritten, clock);
    }

    @AfterEach
    void close() throws Exception {
        camel.stop();
        database.close();
    }

    private String hash(String content) throws Exception {
        return fingerprint.of(new ObjectMapper().readTree(content));
    }

    private void known(long personVersion, Projection projection) {
        var changes = new ArrayList<Change>();
        changes.add(new Person(Exchanges.SUBJECT, personVersion, "user-hash", null, false, false));
        if (projection != null) {
            changes.add(projection);
        }
        projections.write(changes);
    }

    private static Projection projection(State state, String remoteId, String hash, long version, Claim claim) {
        return new Projection(Exchanges.SUBJECT, "stripe", state, remoteId, hash, "u", "m", version, null, null, claim);
    }

    private Exchange compared(Map<String, Object> headers, String content) throws Exception {
        return compared("stripe", headers, content);
    }

    private Exchange compared(String destination, Map<String, Object> headers, String content) throws Exception {
        var exchange = Exchanges.of(camel, destination, headers);
        deliveries.recall(exchange);
        exchange.getMessage().setBody(content == null ? null : new ObjectMapper().readTree(content));
        deliveries.compare(exchange);
        return exchange;
    }

    private String lastOutcome() {
        return jdbc.queryForObject("select outcome from delivery order by id desc limit 1", String.class);
    }

    /** The delivery is of version 10; "same" stands for the content that it carries. */
    @ParameterizedTest(name = "{0} {1} {2} version {3}, person {4}: {5}")
    @CsvSource({
        "none,-,-,0,10,create",
        "CURRENT,cus_1,other,9,10,update",
        "CURRENT,cus_1,same,9,10,unchanged",
        "CURRENT,cus_1,same,10,10,unchanged",
        "CURRENT,cus_1,other,10,10,update",
        "CURRENT,cus_1,other,11,10,stale",
        "CURRENT,cus_1,same,11,11,stale",
        "CURRENT,cus_1,other,9,12,superseded",
        "none,-,-,0,12,superseded",
        "PARKED,cus_1,same,9,10,update",
        "PARKED,-,-,9,10,create",
        "SKIPPED,cus_1,same,9,10,update",
        "SKIPPED,-,-,9,10,create",
    })
    void whatIsRememberedDecides(
            String state, String remoteId, String content, long version, long person, String decision)
            throws Exception {
        var hash = content.equals("same") ? hash(CONTENT) : "other";
        known(
                person,
                state.equals("none")
                        ? null
                        : projection(
                                State.valueOf(state), remoteId.equals("-") ? null : remoteId, hash, version, null));

        var exchange = compared(Map.of(), CONTENT);

        boolean due = exchange.getVariable("due", Boolean.class);
        assertThat(due ? exchange.getVariable("operation") : lastOutcome()).isEqualTo(decision);
    }

    /** A create was sent and its answer lost; the key is remembered for 23 h, the search is sure after 1 h. */
    @ParameterizedTest(name = "claim of {0} content, {1} old: {2}")
    @CsvSource({
        "same,PT1M,create",
        "same,PT22H,create",
        "same,PT23H,confirm",
        "other,PT1H,confirm",
        "other,PT24H,confirm",
        "other,PT59M,held",
    })
    void aLostCreateIsRepeatedOrConfirmed(String content, Duration age, String decision) throws Exception {
        var claim = new Claim(
                "first-key",
                content.equals("same") ? hash(CONTENT) : "other",
                NOW.minus(age).toEpochMilli());
        known(10, projection(State.CLAIMED, null, null, 9, claim));

        if (decision.equals("held")) {
            assertThatThrownBy(() -> compared(Map.of(), CONTENT))
                    .isInstanceOfSatisfying(
                            HeldBack.class, held -> assertThat(held.delay()).isEqualTo(age.dividedBy(4)));
            return;
        }
        var exchange = compared(Map.of(), CONTENT);

        assertThat(exchange.getVariable("operation")).isEqualTo(decision);
        if (content.equals("same")) {
            assertThat(exchange.getVariable("key")).isEqualTo("first-key");
        }
    }

    private Claim claim(String destination) {
        return projections.find(Exchanges.SUBJECT).in(destination).claim();
    }

    @Test
    void aCreateThatWasRefusedIsReplayedUnderAnotherKey() throws Exception {
        known(10, null);
        var exchange = compared(Map.of(), CONTENT);
        deliveries.claim(exchange);
        assertThat(claim("stripe").key()).isEqualTo(exchange.getVariable("key"));

        settle(exchange, answer(400, "{\"error\": {\"code\": \"email_invalid\"}}"));

        assertThat(claim("stripe")).isNull();
        var replay = compared(Map.of(Headers.EVENT, "replay/1"), CONTENT);
        assertThat(replay.getVariable("operation")).isEqualTo("create");
        assertThat(replay.getVariable("key")).isNotEqualTo(exchange.getVariable("key"));
        assertThat(compared(Map.of(Headers.EVENT, "replay/2"), CONTENT).getVariable("key"))
                .isNotEqualTo(replay.getVariable("key"));
    }

    /** The first call under the key may have made the customer, whatever a later one is answered. */
    @ParameterizedTest
    @CsvSource({
        "400,'{\"error\": {\"code\": \"email_invalid\"}}'",
        "400,'{\"error\": {\"type\": \"idempotency_error\"}}'",
        "403,'{\"error\": {\"type\": \"invalid_request_error\"}}'",
    })
    void aRepeatThatIsRefusedSaysNothingOfALostCreate(int status, String body) throws Exception {
        var claim = new Claim("first-key", hash(CONTENT), NOW.toEpochMilli());
        known(10, projection(State.CLAIMED, null, null, 9, claim));
        var exchange = compared(Map.of(Headers.ATTEMPT, 2), CONTENT);
        deliveries.claim(exchange);

        settle(exchange, answer(status, body));

        assertThat(exchange.getVariable("verdict")).isEqualTo("park");
        assertThat(claim("stripe")).isEqualTo(claim);
        assertThat(compared(Map.of(Headers.EVENT, "replay/1"), CONTENT).getVariable("key"))
                .isEqualTo("first-key");
    }

    @Test
    void aRepeatAtOnceThatIsRefusedSaysNothingOfALostCreate() throws Exception {
        known(10, null);
        var exchange = compared(Map.of(), CONTENT);
        deliveries.claim(exchange);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IOException("reset"));
        assertThat(failures.healsQuickly(exchange)).isTrue();

        settle(exchange, answer(400, "{\"error\": {\"code\": \"email_invalid\"}}"));

        assertThat(claim("stripe").key()).isEqualTo(exchange.getVariable("key"));
    }

    @Test
    void aCreateThatTheKeyMayNotMakeKeepsItsKey() throws Exception {
        known(10, null);
        var exchange = compared(Map.of(), CONTENT);
        deliveries.claim(exchange);

        settle(exchange, answer(403, "{}"));

        assertThat(claim("stripe").key()).isEqualTo(exchange.getVariable("key"));
    }

    @Test
    void whoIsKeptByConfigurationKeepsTheOpenClaim() throws Exception {
        var keeping = new Deliveries(
                projections,
                TestDestinations.ofProject(Map.of("usher.destinations.stripe.on-disabled", "keep")),
                fingerprint,
                pauses,
                new Backlog(destinations, pauses, clock),
                unwritten,
                clock);
        var claim = new Claim("first-key", hash(CONTENT), NOW.toEpochMilli());
        known(10, projection(State.CLAIMED, null, null, 9, claim));
        var exchange = Exchanges.of(camel, "stripe", Map.of());
        exchange.getMessage().setBody("{\"data\": {\"" + IdentityEvent.EXTENSION + "\": {\"state\": \"disabled\"}}}");

        keeping.recall(exchange);
        keeping.compare(exchange);

        assertThat(lastOutcome()).isEqualTo("skipped");
        assertThat(claim("stripe")).isEqualTo(claim);
        known(11, null);
        assertThat(compared(Map.of(Headers.VERSION, 11L), CONTENT).getVariable("key"))
                .isEqualTo("first-key");
    }

    @Test
    void nothingWantedKeepsTheOpenClaim() throws Exception {
        var claim = new Claim("first-key", hash(CONTENT), NOW.toEpochMilli());
        known(10, projection(State.CLAIMED, null, null, 9, claim));

        compared(Map.of(), "{}");

        assertThat(lastOutcome()).isEqualTo("unchanged");
        assertThat(claim("stripe")).isEqualTo(claim);
    }

    @Test
    void aCreateWhoseAnswerWasLostUntilItWasGivenUpKeepsItsKey() throws Exception {
        var claim = new Claim("first-key", hash(CONTENT), NOW.toEpochMilli());
        known(10, projection(State.CLAIMED, null, null, 9, claim));

        settled(new java.io.IOException("reset"), 3);

        assertThat(compared(Map.of(Headers.EVENT, "replay/1"), CONTENT).getVariable("key"))
                .isEqualTo("first-key");
    }

    @Test
    void theKeyFollowsFromTheEventTheContentAndTheOperationAlone() throws Exception {
        var create = compared(Map.of(), CONTENT).getVariable("key");

        assertThat(compared(Map.of(Headers.ATTEMPT, 2), CONTENT).getVariable("key"))
                .isEqualTo(create);
        assertThat(compared(Map.of(), "{\"name\": \"Eve\"}").getVariable("key")).isNotEqualTo(create);
        known(10, projection(State.CURRENT, "cus_1", "other", 9, null));
        assertThat(compared(Map.of(), CONTENT).getVariable("key")).isNotEqualTo(create);
    }

    @Test
    void aRuleOfTheMappingSaysNo() throws Exception {
        compared(Map.of(), "{\"skip\": \"no consent\"}");

        assertThat(jdbc.queryForMap("select outcome, reason from delivery"))
                .containsEntry("OUTCOME", "skipped")
                .containsEntry("REASON", "no consent");
    }

    @Test
    void whoNeverArrivedNeedNotBeDeleted() throws Exception {
        compared(Map.of(Headers.TYPE, "user.deleted"), CONTENT);

        assertThat(lastOutcome()).isEqualTo("skipped");
    }

    @Test
    void nothingWantedIsUnchanged() throws Exception {
        compared(Map.of(), "{}");

        assertThat(lastOutcome()).isEqualTo("unchanged");
    }

    /** The delivery is of version 10; "same" stands for the content that it carries. */
    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({"none,-,-,create", "CURRENT,cus_1,other,update", "CURRENT,cus_1,same,unchanged", "SKIPPED,-,-,create"})
    void aPlanDecidesAsADeliveryAndLeavesNoTrace(String state, String remoteId, String content, String act)
            throws Exception {
        var projection = state.equals("none")
                ? null
                : projection(
                        State.valueOf(state),
                        remoteId.equals("-") ? null : remoteId,
                        content.equals("same") ? hash(CONTENT) : content,
                        9,
                        null);
        known(10, projection);

        var exchange = compared(Map.of(Headers.PLAN, true), CONTENT);

        assertThat(exchange.getVariable("due", Boolean.class)).isFalse();
        assertThat(Draft.of(exchange).act()).isEqualTo(act);
        assertThat(Draft.of(exchange).differences())
                .isEqualTo(act.equals("unchanged") ? List.of() : List.of(new Difference("name", null, "Ada")));
        assertThat(jdbc.queryForList("select * from delivery")).isEmpty();
        assertThat(projections.find(Exchanges.SUBJECT).in("stripe")).isEqualTo(projection);
    }

    @Test
    void aPlanThatFailsIsNeitherRepeatedNorParked() throws Exception {
        var exchange = compared(Map.of(Headers.PLAN, true), CONTENT);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, answer(400, "{\"error\": {\"code\": \"email_invalid\"}}"));

        assertThat(failures.healsQuickly(exchange)).isFalse();
        failures.settle(exchange);

        assertThat(exchange.getVariable("verdict")).isEqualTo("done");
        assertThat(Draft.of(exchange)).isEqualTo(Draft.failed("HTTP 400 email_invalid"));
        assertThat(jdbc.queryForList("select * from delivery")).isEmpty();
        assertThat(jdbc.queryForList("select * from dead_letter")).isEmpty();
    }

    private Exchange settled(Throwable failure, int attempt) throws Exception {
        return settle(compared(Map.of(Headers.ATTEMPT, attempt), CONTENT), failure);
    }

    private Exchange settle(Exchange exchange, Throwable failure) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        failures.settle(exchange);
        return exchange;
    }

    private static HttpOperationFailedException answer(int status, String body) {
        return new HttpOperationFailedException("http://vendor", status, "", null, Map.of("Retry-After", "7"), body);
    }

    @Test
    void whatMayHealGoesBackWithAGrowingDelayAndCounts() throws Exception {
        var exchange = settled(new java.io.IOException("reset"), 2);

        assertThat(exchange.getVariable("verdict")).isEqualTo("retry");
        assertThat(exchange.getVariable("queue")).isEqualTo("deliver.stripe");
        assertThat(exchange.getVariable("attempt")).isEqualTo(3);
        assertThat(exchange.getVariable("notBefore", Long.class) - NOW.toEpochMilli())
                .isBetween(20_000L, 24_000L);
        assertThat(lastOutcome()).isEqualTo("retrying");
    }

    @Test
    void whenTheTriesAreUsedUpItIsParkedWithTheirNumber() throws Exception {
        var exchange = settled(new java.io.IOException("reset"), 3);

        assertThat(exchange.getVariable("verdict")).isEqualTo("park");
        assertThat(jdbc.queryForMap("select reason, attempts, destination from dead_letter"))
                .containsEntry("REASON", "no answer: IOException, 3 times")
                .containsEntry("ATTEMPTS", 3)
                .containsEntry("DESTINATION", "stripe");
        assertThat(lastOutcome()).isEqualTo("parked");
    }

    @Test
    void beingThrottledWaitsAsLongAsAskedAndDoesNotCount() throws Exception {
        var exchange = settled(answer(429, ""), 3);

        assertThat(exchange.getVariable("verdict")).isEqualTo("retry");
        assertThat(exchange.getVariable("attempt")).isEqualTo(3);
        assertThat(exchange.getVariable("notBefore", Long.class) - NOW.toEpochMilli())
                .isBetween(7_000L, 8_400L);
        assertThatThrownBy(() -> compared(Map.of(), CONTENT)).isInstanceOf(HeldBack.class);
    }

    @Test
    void beingAskedForMoreThanIsBelievedWaitsAsLongAsIsBelieved() throws Exception {
        var asked = new HttpOperationFailedException("http://vendor", 429, "", null, Map.of("Retry-After", "9000"), "");

        var exchange = settled(asked, 1);

        assertThat(exchange.getVariable("notBefore", Long.class) - NOW.toEpochMilli())
                .isBetween(900_000L, 1_080_000L);
    }

    @Test
    void aRefusalIsParkedAtOnceAndWhatIsKnownStays() throws Exception {
        known(10, projection(State.CURRENT, "cus_1", "other", 9, null));

        var exchange = settled(answer(400, "{\"error\": {\"code\": \"email_invalid\"}}"), 1);

        assertThat(exchange.getVariable("verdict")).isEqualTo("park");
        Known known = projections.find(Exchanges.SUBJECT);
        assertThat(known.in("stripe").state()).isEqualTo(State.PARKED);
        assertThat(known.in("stripe").remoteId()).isEqualTo("cus_1");
        assertThat(known.in("stripe").reason()).isEqualTo("HTTP 400 email_invalid");
    }

    @Test
    void whatIsGoneThereIsForgottenAndMadeAgainAtOnce() throws Exception {
        known(10, projection(State.CURRENT, "cus_1", "other", 9, null));

        var exchange = settled(answer(404, "{\"error\": {\"code\": \"resource_missing\"}}"), 1);

        assertThat(exchange.getVariable("verdict")).isEqualTo("retry");
        assertThat(exchange.getVariable("notBefore")).isEqualTo(NOW.toEpochMilli());
        assertThat(projections.find(Exchanges.SUBJECT).in("stripe").remoteId()).isNull();
        assertThat(projections.find(Exchanges.SUBJECT).in("stripe").knowsAsGone("cus_1"))
                .isTrue();
        assertThat(compared(Map.of(), CONTENT).getVariable("operation")).isEqualTo("create");
    }

    @Test
    void atOnceItIsRepeatedNoMoreThanTheSettingsSay() throws Exception {
        var exchange = compared(Map.of(), CONTENT);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new java.io.IOException("reset"));

        assertThat(List.of(
                        failures.healsQuickly(exchange),
                        failures.healsQuickly(exchange),
                        failures.healsQuickly(exchange)))
                .containsExactly(true, true, false);
    }

    @Test
    void aRefusalIsNeverRepeatedAtOnce() throws Exception {
        var exchange = compared(Map.of(), CONTENT);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, answer(400, "{}"));

        assertThat(failures.healsQuickly(exchange)).isFalse();
    }

    private Exchange created(String destination, Map<String, Object> headers, Throwable failure) throws Exception {
        return settle(compared(destination, headers, CONTENT), failure);
    }

    @Test
    void whatMayHaveBeenCreatedIsRememberedBeforeTheMessageGoesBack() throws Exception {
        known(10, null);

        created("mailchimp", Map.of(), new IOException("reset"));

        assertThat(claim("mailchimp").contentHash()).isEqualTo(hash(CONTENT));
        assertThat(projections.find(Exchanges.SUBJECT).in("mailchimp").state()).isEqualTo(State.CLAIMED);
    }

    @Test
    void whatMayHaveBeenCreatedIsRememberedWhenTheTriesAreUsedUp() throws Exception {
        known(10, null);

        var exchange = created("sql", Map.of(Headers.ATTEMPT, 25), new TransientDataAccessResourceException("reset"));

        assertThat(exchange.getVariable("verdict")).isEqualTo("park");
        assertThat(claim("sql").contentHash()).isEqualTo(hash(CONTENT));
    }

    @Test
    void whatWasMadeBeforeALaterCallWasRefusedIsRemembered() throws Exception {
        known(10, null);
        var exchange = compared("mailchimp", Map.of(), CONTENT);
        exchange.setVariable("remoteId", "member-1");

        settle(exchange, answer(400, "{\"title\": \"Invalid Resource\"}"));

        assertThat(claim("mailchimp")).isNotNull();
    }

    @Test
    void whatWasCertainlyNotCreatedLeavesNothingOpen() throws Exception {
        known(10, null);

        for (var failure : List.of(
                answer(400, "{}"),
                new ConnectException("refused"),
                new DataIntegrityViolationException("too long"),
                new HeldBack("not now", Duration.ofSeconds(1)),
                answer(429, ""))) {
            created("salesforce", Map.of(), failure);
            var known = projections.find(Exchanges.SUBJECT).in("salesforce");
            assertThat(known == null ? null : known.claim()).as("%s", failure).isNull();
        }
    }

    /** A message of version 10 with other content than the create without an answer; Mailchimp needs that one's address. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "sql,'{\"skip\": \"no consent\"}',confirm",
        "sql,'{\"name\": \"Eve\"}',confirm",
        "salesforce,'{\"name\": \"Eve\"}',confirm",
        "dataverse,'{\"skip\": \"deleted\"}',confirm",
        "mailchimp,'{\"skip\": \"no consent\"}',held",
    })
    void whatMayHaveBeenCreatedIsSettledBeforeALaterVersionIsDecided(
            String destination, String content, String decision) throws Exception {
        known(9, null);
        created(destination, Map.of(Headers.VERSION, 9L), new IOException("reset"));
        known(10, null);

        if (decision.equals("held")) {
            assertThatThrownBy(() -> compared(destination, Map.of(Headers.TYPE, "user.deleted"), content))
                    .isInstanceOf(HeldBack.class);
            return;
        }
        var exchange = compared(destination, Map.of(Headers.TYPE, "user.deleted"), content);

        assertThat(exchange.getVariable("operation")).isEqualTo(decision);
    }

    @Test
    void theMessageThatMayHaveCreatedSettlesItAlsoWhenItIsSuperseded() throws Exception {
        known(10, null);
        created("mailchimp", Map.of(), new IOException("reset"));
        known(12, null);

        var exchange = compared("mailchimp", Map.of(Headers.ATTEMPT, 2), CONTENT);
        assertThat(exchange.getVariable("operation")).isEqualTo("confirm");
        exchange.setVariable("found", List.of("member-1"));
        assertThatThrownBy(() -> deliveries.confirm(exchange)).isInstanceOf(HeldBack.class);

        assertThat(claim("mailchimp")).isNull();
        assertThat(projections.find(Exchanges.SUBJECT).in("mailchimp").remoteId())
                .isEqualTo("member-1");
        compared("mailchimp", Map.of(Headers.ATTEMPT, 2), CONTENT);
        assertThat(lastOutcome()).isEqualTo("superseded");
        assertThat(compared("mailchimp", Map.of(Headers.VERSION, 12L), "{\"status\": \"unsubscribed\"}")
                        .getVariable("operation"))
                .isEqualTo("update");
    }

    @Test
    void whatIsNotFoundWasNeverCreated() throws Exception {
        known(10, null);
        created("mailchimp", Map.of(), new IOException("reset"));

        var exchange = compared("mailchimp", Map.of(Headers.ATTEMPT, 2), CONTENT);
        settle(exchange, answer(404, "{\"title\": \"Resource Not Found\"}"));

        assertThat(exchange.getVariable("verdict")).isEqualTo("retry");
        assertThat(exchange.getVariable("attempt")).isEqualTo(2);
        assertThat(claim("mailchimp")).isNull();
        assertThat(compared("mailchimp", Map.of(Headers.ATTEMPT, 2), CONTENT).getVariable("operation"))
                .isEqualTo("create");
    }

    /** After a kill the broker does not know that the message was being worked on, but it is older than the process. */
    @ParameterizedTest(name = "{0}, redelivered {1}, sent {2} ms after the start: {3}")
    @CsvSource({
        "mailchimp,false,-1,confirm",
        "mailchimp,true,1,confirm",
        "mailchimp,false,1,superseded",
        "stripe,false,-1,superseded",
    })
    void aSupersededMessageOfBeforeAKillMayHaveCreated(
            String destination, boolean redelivered, long sent, String decision) throws Exception {
        known(12, null);

        var exchange = compared(
                destination, Map.of("JMSRedelivered", redelivered, "JMSTimestamp", NOW.toEpochMilli() + sent), CONTENT);

        boolean due = exchange.getVariable("due", Boolean.class);
        assertThat(due ? exchange.getVariable("operation") : lastOutcome()).isEqualTo(decision);
        if (due) {
            assertThat(claim(destination).contentHash()).isEqualTo(hash(CONTENT));
        }
    }

    @Test
    void aSupersededMessageOfBeforeAKillMayHaveChangedTheRecord() throws Exception {
        known(12, projection(State.CURRENT, "cus_1", "other", 9, null));

        compared(Map.of("JMSTimestamp", NOW.toEpochMilli() - 1), CONTENT);

        assertThat(lastOutcome()).isEqualTo("superseded");
        assertThat(projections.find(Exchanges.SUBJECT).in("stripe").contentHash())
                .isNull();
    }

    @Test
    void aCreateThatALiveMessageMayOvertakeIsClaimedBeforeItIsSent() throws Exception {
        known(10, null);
        var bulk = Map.<String, Object>of(Headers.PRIORITY, Urgency.BULK.priority());

        var exchange = compared("mailchimp", bulk, CONTENT);

        assertThat(exchange.getVariable("operation")).isEqualTo("create");
        assertThat(claim("mailchimp").contentHash()).isEqualTo(hash(CONTENT));
        settle(exchange, new HeldBack("not now", Duration.ofSeconds(1)));
        assertThat(claim("mailchimp")).isNull();
    }

    @Test
    void whatWasThereBeforeIsWrittenAgainAfterAChangeWithoutAnAnswer() throws Exception {
        known(10, projection(State.CURRENT, "cus_1", hash(CONTENT), 9, null));
        settle(compared(Map.of(), "{\"name\": \"Countess\"}"), new IOException("reset"));
        known(11, null);

        var exchange = compared(Map.of(Headers.VERSION, 11L), CONTENT);

        assertThat(exchange.getVariable("due", Boolean.class)).isTrue();
        assertThat(exchange.getVariable("operation")).isEqualTo("update");
    }

    @Test
    void aChangeThatWasRefusedLeavesNoDoubt() throws Exception {
        known(10, projection(State.CURRENT, "cus_1", hash(CONTENT), 9, null));

        settle(compared(Map.of(), "{\"name\": \"Countess\"}"), answer(429, ""));

        assertThat(projections.find(Exchanges.SUBJECT).in("stripe").contentHash())
                .isEqualTo(hash(CONTENT));
    }

    /** Whether it is read or written, with a transaction or without. */
    @Test
    void aTroubleOfUshersOwnDatabaseGoesBackToTheBrokerAndUsesUpNoTry() throws Exception {
        known(10, null);
        var written = compared(Map.of(), CONTENT);
        written.setVariable("remoteId", "cus_1");
        var read = Exchanges.of(camel, "stripe", Map.of());
        away.set(true);
        var writing = catchThrowable(() -> deliveries.record(written));
        var reading = catchThrowable(() -> deliveries.recall(read));
        away.set(false);

        assertThatThrownBy(() -> settle(written, writing)).isInstanceOf(StateUnavailable.class);
        assertThatThrownBy(() -> settle(read, reading)).isInstanceOf(StateUnavailable.class);

        assertThat(jdbc.queryForList("select * from delivery")).isEmpty();
        assertThat(jdbc.queryForList("select * from dead_letter")).isEmpty();
        assertThat(pauses.remaining("deliver-stripe")).isZero();
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenBeforeALaterVersionIsDecided() throws Exception {
        known(10, null);
        var exchange = compared("sql", Map.of(), CONTENT);
        exchange.setVariable("remoteId", null);
        away.set(true);
        var failure = catchThrowable(() -> deliveries.record(exchange));
        assertThatThrownBy(() -> settle(exchange, failure)).isInstanceOf(StateUnavailable.class);
        assertThat(catchThrowable(() -> compared("sql", Map.of(Headers.VERSION, 12L), CONTENT)))
                .isInstanceOf(StateUnavailable.class);
        away.set(false);
        known(12, null);

        var later =
                compared("sql", Map.of(Headers.VERSION, 12L, Headers.TYPE, "user.deleted"), "{\"state\": \"deleted\"}");

        assertThat(later.getVariable("operation")).isEqualTo("confirm");
        assertThat(claim("sql").contentHash()).isEqualTo(hash(CONTENT));
    }

    @Test
    void aNewerRecordThereIsStaleAndNotTakenForOurs() throws Exception {
        known(10, projection(State.CURRENT, "cus_1", "other", 9, null));

        var exchange = settled(new Stale("the row has a newer version"), 1);

        assertThat(exchange.getVariable("verdict")).isEqualTo("done");
        assertThat(lastOutcome()).isEqualTo("stale");
        assertThat(projections.find(Exchanges.SUBJECT).in("stripe").state()).isEqualTo(State.SKIPPED);
    }
}
