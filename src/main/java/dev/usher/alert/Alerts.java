package dev.usher.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The bean {@code alerts}, called by the route {@code report-alarms}: {@link #look}, {@link #due}, and for each mail
 * {@link #address}, send, {@link #told} or {@link #failed}.
 *
 * <p>A mail is made durable, with all it says, before it is sent, in the transaction that notes what it tells: a process
 * that dies loses no mail. Dying between the mail server's answer and {@code told} sends it a second time, under the same
 * Message-ID and with the same words; SMTP knows nothing better.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-6.1">RFC 5321, reliable delivery</a>
 */
@Component("alerts")
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final String NOTICE = "notice";

    private final List<Alarm> alarms;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final AlertSettings settings;
    private final Clock clock;

    Alerts(
            List<Alarm> alarms,
            Notices notices,
            PlatformTransactionManager transactions,
            AlertSettings settings,
            Clock clock) {
        this.alarms = alarms;
        this.notices = notices;
        this.transaction = new TransactionTemplate(transactions);
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Looks at every alarm and decides what to tell: that it is raised, at once; news, in a digest; that it is over. An
     * alarm has one mail on its way at a time; what happens meanwhile is in the next. Looking again changes nothing.
     */
    public void look() {
        alarms.forEach(alarm -> transaction.executeWithoutResult(status -> look(alarm)));
    }

    private void look(Alarm alarm) {
        var last = notices.locked(alarm.name());
        if (last.isOnItsWay()) {
            return;
        }
        var sighting = alarm.look();
        long now = clock.millis();
        if (!isDue(last, sighting, now)) {
            return;
        }
        alarm.noted(sighting);
        var next = last.next(sighting, now);
        notices.write(settings.isSilent() ? next.told(now) : next, last.number());
        if (sighting.raised()) {
            LOG.warn("Alarm {}: {}", alarm.name(), sighting.subject());
        } else {
            LOG.info("Alarm {}: {}", alarm.name(), sighting.subject());
        }
    }

    private boolean isDue(Notice last, Sighting sighting, long now) {
        if (last.raised() != sighting.raised()) {
            return true;
        }
        boolean collected = now - last.decidedAt() >= settings.digest().toMillis();
        return sighting.raised() && !sighting.news().isEmpty() && collected;
    }

    /** The mails to be sent now, the oldest first; none when there is nobody to send them to. */
    public List<Notice> due() {
        return settings.isSilent() ? List.of() : notices.due(clock.millis());
    }

    /** Turns the notice in the body into the mail: text as body, variables {@code subject} and {@code messageId}. */
    public void address(Exchange exchange) throws InvalidPayloadException {
        var notice = exchange.getMessage().getMandatoryBody(Notice.class);
        exchange.setVariable(NOTICE, notice);
        exchange.setVariable("subject", notice.subject());
        exchange.setVariable("messageId", notice.messageId());
        exchange.getMessage().setBody(notice.text());
    }

    /** The mail server took the mail. */
    public void told(Exchange exchange) {
        var notice = exchange.getVariable(NOTICE, Notice.class);
        notices.write(notice.told(clock.millis()), notice.number());
        LOG.info("Alarm {}: the administrator was told, mail {}", notice.alarm(), notice.messageId());
    }

    /** Looking or sending failed: says so, and puts the mail off for a while that grows with each try. */
    public void failed(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var reason = MailFailure.reason(failure);
        var notice = exchange.getVariable(NOTICE, Notice.class);
        if (notice == null) {
            LOG.warn("Alarms could not be looked at and will be at the next tick: {}", reason);
            return;
        }
        Duration wait = settings.retry().after(notice.tries() + 1);
        notices.write(notice.failed(clock.millis() + wait.toMillis()), notice.number());
        LOG.warn(
                "Alarm {}: the mail server did not take the mail, try {}; the next is in {} s: {}. Check usher.mail.*",
                notice.alarm(),
                notice.tries() + 1,
                wait.toSeconds(),
                reason);
    }
}
