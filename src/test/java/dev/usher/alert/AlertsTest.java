package dev.usher.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class AlertsTest {

    private static final AlertSettings.Retry RETRY =
            new AlertSettings.Retry(Duration.ofSeconds(10), Duration.ofMinutes(15));
    private static final Duration DIGEST = Duration.ofMinutes(15);
    private static final String ADA = "11111111-2222-4333-8444-555555555555";

    private final TestClock clock = new TestClock();
    private final DataSource database = database();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final List<Alarm> switched = new ArrayList<>();
    private Map<String, AlertSettings.Webhook> webhooks = Map.of();
    private Alerts alerts = alerts("admin@example.test");

    DataSource database() {
        return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** A table of the numbers 1 to so many, in a column x. */
    String numbersTo(int most) {
        return "system_range(1, " + most + ")";
    }

    @BeforeEach
    void setUp() {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private Alerts alerts(String to) {
        return new Alerts(
                List.of(new DeadLetterAlarm(jdbc)),
                List.of(() -> List.copyOf(switched)),
                new Notices(jdbc),
                new DataSourceTransactionManager(database),
                new AlertSettings(to, DIGEST, RETRY, webhooks, null),
                clock);
    }

    private void park(String destination, String reason) {
        jdbc.update(
                "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state,"
                        + " reported) values (?, ?, ?, ?, 'event-1', 'user.created', ?, 1, 'open', false)",
                UUID.randomUUID().toString(),
                clock.millis(),
                ADA,
                destination,
                reason);
    }

    private void closeAll() {
        jdbc.update("update dead_letter set state = 'dismissed'");
    }

    private List<Notice> due() {
        return tellings().stream().map(Telling::notice).toList();
    }

    private List<Telling> tellings() {
        alerts.look();
        return alerts.due();
    }

    private static Exchange carrying(Telling telling) throws Exception {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(telling);
        return exchange;
    }

    private void tell(Telling telling) throws Exception {
        var exchange = carrying(telling);
        alerts.address(exchange);
        alerts.told(exchange);
    }

    private void fail(Telling telling) throws Exception {
        var exchange = carrying(telling);
        alerts.address(exchange);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new jakarta.mail.MessagingException("admin@example.test?"));
        alerts.failed(exchange);
    }

    @Test
    void nothingIsToldWhileNothingIsParked() {
        assertThat(due()).isEmpty();
    }

    @Test
    void theFirstParkedDeliveryIsToldAtOnce() {
        park("stripe", "HTTP 400 parameter_invalid");

        var mail = due().get(0);

        assertThat(mail.subject()).isEqualTo("Usher: 1 delivery parked: stripe 1");
        assertThat(mail.text())
                .contains("stripe: HTTP 400 parameter_invalid (1)")
                .contains("user " + ADA)
                .contains("What to do:");
    }

    @Test
    void theRestIsToldInADigest() throws Exception {
        park("stripe", "HTTP 400");
        tell(tellings().get(0));
        park("stripe", "HTTP 400");
        park("mailchimp", "HTTP 403");

        var atOnce = due();
        clock.advance(DIGEST);
        var later = due();

        assertThat(atOnce).isEmpty();
        assertThat(later).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Usher: 2 deliveries parked: mailchimp 1, stripe 1");
            assertThat(mail.text()).startsWith("2 deliveries given up since the last mail, 3 parked in all.");
        });
    }

    @Test
    void noDigestIsSentWithoutNews() throws Exception {
        park("stripe", "HTTP 400");
        tell(tellings().get(0));

        clock.advance(DIGEST.multipliedBy(4));

        assertThat(due()).isEmpty();
    }

    @Test
    void theEndIsToldOnceNoDeadLetterIsOpen() throws Exception {
        park("stripe", "HTTP 400");
        tell(tellings().get(0));
        closeAll();

        var mail = tellings().get(0);
        tell(mail);

        assertThat(mail.notice().subject()).isEqualTo("Usher: all clear, no delivery is parked");
        assertThat(due()).isEmpty();
    }

    @Test
    void aMailThatWasDecidedSurvivesTheProcessWithItsWordsAndItsMessageId() {
        park("stripe", "HTTP 400");
        var before = due().get(0);

        alerts = alerts("admin@example.test");
        clock.advance(Duration.ofHours(1));
        park("stripe", "HTTP 500");
        var after = due().get(0);

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.text()).isEqualTo(before.text());
    }

    @Test
    void twoMailsOfOneAlarmHaveTwoMessageIds() throws Exception {
        park("stripe", "HTTP 400");
        var first = tellings().get(0);
        tell(first);
        park("stripe", "HTTP 400");
        clock.advance(DIGEST);

        var second = due().get(0);

        assertThat(second.id()).isNotEqualTo(first.notice().id());
    }

    @Test
    void aMailThatIsNotTakenIsTriedAgainWithGrowingDelay() throws Exception {
        park("stripe", "HTTP 400");
        fail(tellings().get(0));

        clock.advance(Duration.ofSeconds(9));
        var early = due();
        clock.advance(Duration.ofSeconds(1));
        var second = tellings().get(0);
        fail(second);
        clock.advance(Duration.ofSeconds(19));
        var tooEarly = due();
        clock.advance(Duration.ofSeconds(1));

        assertThat(early).isEmpty();
        assertThat(tooEarly).isEmpty();
        assertThat(tellings()).singleElement().extracting(Telling::tries).isEqualTo(2);
    }

    @Test
    void theDelayNeverOutgrowsItsLimit() {
        assertThat(RETRY.after(1)).isEqualTo(Duration.ofSeconds(10));
        assertThat(RETRY.after(1_000)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void withoutAnAddressNothingIsSentNowOrLater() {
        alerts = alerts("");
        park("stripe", "HTTP 400");

        var silent = due();
        alerts = alerts("admin@example.test");

        assertThat(silent).isEmpty();
        assertThat(due()).isEmpty();
    }

    @Test
    void aReasonCannotBreakOutOfItsLine() {
        park("stripe", "HTTP 400\r\nBcc: everybody");

        var mail = due().get(0);

        assertThat(mail.text()).contains("stripe: HTTP 400 Bcc: everybody (1)");
        assertThat(mail.subject()).doesNotContain("\n", "\r");
    }

    @Test
    void aFloodFitsIntoOneMail() {
        jdbc.update(
                "insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, state,"
                        + " reported) select 'letter-' || (100000 + x), x, ?, 'stripe', 'event-1', 'user.created',"
                        + " 'reason ' || mod(x, 40) || ' ' || ?, 1, 'open', false from " + numbersTo(6_000),
                ADA,
                "x".repeat(200));

        var mail = due().get(0);

        assertThat(mail.text().length()).isLessThan(20_000);
        assertThat(mail.text()).contains("and 25 more reasons", "6000 parked in all");
        assertThat(jdbc.queryForObject("select count(*) from dead_letter where reported = false", Integer.class))
                .isEqualTo(1_000);
    }

    private void withSlack() {
        webhooks = Map.of(
                "slack", new AlertSettings.Webhook(Channel.Shape.SLACK, "https://slack.test/secret"),
                "none", new AlertSettings.Webhook(Channel.Shape.JSON, ""));
        alerts = alerts("admin@example.test");
    }

    private Telling telling(String channel) {
        return tellings().stream()
                .filter(telling -> telling.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyChannelIsToldOnce() throws Exception {
        withSlack();
        park("stripe", "HTTP 400");

        assertThat(tellings()).extracting(Telling::channel).containsExactly("mail", "slack");
        tell(telling("mail"));
        tell(telling("slack"));
        assertThat(tellings()).isEmpty();
    }

    @Test
    void aFailingWebhookHoldsUpNoMailAndRepeatsNone() throws Exception {
        withSlack();
        park("stripe", "HTTP 400");
        tell(telling("mail"));
        fail(telling("slack"));

        closeAll();
        var clear = tellings();
        clock.advance(Duration.ofSeconds(10));

        assertThat(clear).singleElement().satisfies(telling -> {
            assertThat(telling.channel()).isEqualTo("mail");
            assertThat(telling.notice().raised()).isFalse();
        });
        assertThat(telling("slack").notice().raised()).isTrue();
        tell(telling("slack"));
        assertThat(telling("slack").notice().raised()).isFalse();
    }

    @Test
    void aWebhookThatNeverAnswersIsOwedTheLastTenAtMost() throws Exception {
        withSlack();
        for (int i = 0; i < 15; i++) {
            park("stripe", "HTTP 400");
            tell(telling("mail"));
            closeAll();
            tell(telling("mail"));
        }

        assertThat(jdbc.queryForObject("select count(*) from alarm_notice", Integer.class))
                .isEqualTo(Notices.MOST_WAITING);
    }

    @Test
    void anAlarmOfAThingThatIsNoLongerWatchedEnds() throws Exception {
        switched.add(Alarm.of("paused:stripe", () -> Sighting.trouble("stripe is paused", "Wait.")));
        tell(tellings().get(0));
        switched.clear();

        assertThat(due()).singleElement().satisfies(notice -> {
            assertThat(notice.raised()).isFalse();
            assertThat(notice.subject()).isEqualTo("Usher: all clear, paused:stripe is no longer watched");
        });
    }

    @Test
    void oneAlarmThatCannotLookKeepsNoOtherFromTelling() {
        switched.add(Alarm.of("broken", () -> {
            throw new IllegalStateException("no figures");
        }));
        switched.add(Alarm.of("works", () -> Sighting.trouble("it works", "Fine.")));

        assertThatThrownBy(() -> alerts.look()).hasMessage("no figures");

        assertThat(alerts.due()).extracting(telling -> telling.notice().alarm()).containsExactly("works");
    }

    @Test
    void whatCannotBeToldNowStaysAsItIs() throws Exception {
        switched.add(Alarm.of("unsure", () -> Sighting.trouble("trouble", "Wait.")));
        tell(tellings().get(0));
        switched.set(0, Alarm.of("unsure", () -> null));

        assertThat(due()).isEmpty();
    }

    @Test
    void aNameWithAPathInItMakesAnIdThatAMailMayBear() {
        assertThat(new Notice("queue-old:a b/c", true, 3, 7, "", "").id()).isEqualTo("queue-old-a-b-c.3.7");
    }
}
