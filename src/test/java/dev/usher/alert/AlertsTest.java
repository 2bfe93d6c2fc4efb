package dev.usher.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.TestClock;
import java.time.Duration;
import java.util.List;
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
                new Notices(jdbc),
                new DataSourceTransactionManager(database),
                new AlertSettings(to, DIGEST, RETRY),
                clock);
    }

    private void park(String destination, String reason) {
        jdbc.update(
                "insert into dead_letter values (?, ?, ?, ?, 'event-1', 'user.created', ?, 1, 'open', false)",
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
        alerts.look();
        return alerts.due();
    }

    private static Exchange carrying(Notice notice) throws Exception {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(notice);
        return exchange;
    }

    private void tell(Notice notice) throws Exception {
        var exchange = carrying(notice);
        alerts.address(exchange);
        alerts.told(exchange);
    }

    private void fail(Notice notice) throws Exception {
        var exchange = carrying(notice);
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
        tell(due().get(0));
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
        tell(due().get(0));

        clock.advance(DIGEST.multipliedBy(4));

        assertThat(due()).isEmpty();
    }

    @Test
    void theEndIsToldOnceNoDeadLetterIsOpen() throws Exception {
        park("stripe", "HTTP 400");
        tell(due().get(0));
        closeAll();

        var mail = due().get(0);
        tell(mail);

        assertThat(mail.subject()).isEqualTo("Usher: all clear, no delivery is parked");
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

        assertThat(after.messageId()).isEqualTo(before.messageId());
        assertThat(after.text()).isEqualTo(before.text());
    }

    @Test
    void twoMailsOfOneAlarmHaveTwoMessageIds() throws Exception {
        park("stripe", "HTTP 400");
        var first = due().get(0);
        tell(first);
        park("stripe", "HTTP 400");
        clock.advance(DIGEST);

        var second = due().get(0);

        assertThat(second.messageId()).isNotEqualTo(first.messageId());
    }

    @Test
    void aMailThatIsNotTakenIsTriedAgainWithGrowingDelay() throws Exception {
        park("stripe", "HTTP 400");
        fail(due().get(0));

        clock.advance(Duration.ofSeconds(9));
        var early = due();
        clock.advance(Duration.ofSeconds(1));
        var second = due().get(0);
        fail(second);
        clock.advance(Duration.ofSeconds(19));
        var tooEarly = due();
        clock.advance(Duration.ofSeconds(1));

        assertThat(early).isEmpty();
        assertThat(tooEarly).isEmpty();
        assertThat(due()).singleElement().extracting(Notice::tries).isEqualTo(2);
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
                "insert into dead_letter select 'letter-' || (100000 + x), x, ?, 'stripe', 'event-1', 'user.created',"
                        + " 'reason ' || mod(x, 40) || ' ' || ?, 1, 'open', false from " + numbersTo(6_000),
                ADA,
                "x".repeat(200));

        var mail = due().get(0);

        assertThat(mail.text().length()).isLessThan(20_000);
        assertThat(mail.text()).contains("and 25 more reasons", "6000 parked in all");
        assertThat(jdbc.queryForObject("select count(*) from dead_letter where reported = false", Integer.class))
                .isEqualTo(1_000);
    }
}
