package dev.usher.alert;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The bean {@code alerts}, called by the route {@code report-alarms}: {@link #look}, {@link #due}, and for each that is due
 * {@link #address}, send, {@link #told} or {@link #failed}.
 *
 * <p>What is to be told is made durable, with all its words and for each channel, before it is sent, in the transaction that
 * notes what it tells: a process that dies loses nothing. Dying between the answer of a mail server or webhook and {@code
 * told} sends it to that channel a second time, under the same id and with the same words; neither SMTP nor Slack nor Teams
 * knows anything better.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-6.1">RFC 5321, reliable delivery</a>
 */
@Component("alerts")
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final String TELLING = "telling";

    private final List<Alarm> alarms;
    private final List<Alarms> groups;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final AlertSettings settings;
    private final Map<String, Channel> channels;
    private final Clock clock;

    Alerts(
            List<Alarm> alarms,
            List<Alarms> groups,
            Notices notices,
            PlatformTransactionManager transactions,
            AlertSettings settings,
            Clock clock) {
        this.alarms = alarms;
        this.groups = groups;
        this.notices = notices;
        this.transaction = new TransactionTemplate(transactions);
        this.settings = settings;
        this.channels = settings.channels().stream().collect(Collectors.toMap(Channel::name, Function.identity()));
        this.clock = clock;
    }

    /**
     * Looks at every alarm and decides what to tell: that it is raised, at once; news, in a digest; that it is over. While
     * no channel at all takes what was decided last of an alarm, nothing more is decided; what happens meanwhile is in the
     * next. Looking again changes nothing.
     *
     * @throws RuntimeException the first failure, after all that could be looked at was
     */
    public void look() {
        var last = notices.last();
        var watched = new HashSet<String>();
        @Nullable RuntimeException failure = look(alarms, last, watched);
        for (var group : groups) {
            try {
                var failed = look(group.each(), last, watched);
                failure = failure == null ? failed : failure;
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        last.values().stream()
                .filter(notice -> notice.raised() && !watched.contains(notice.alarm()))
                .forEach(gone ->
                        decide(Alarm.of(gone.alarm(), () -> Sighting.clear(gone.alarm() + " is no longer watched"))));
    }

    private @Nullable RuntimeException look(List<Alarm> some, Map<String, Notice> last, Set<String> watched) {
        @Nullable RuntimeException failure = null;
        for (var alarm : some) {
            watched.add(alarm.name());
            try {
                var sighting = alarm.look();
                var before = last.getOrDefault(alarm.name(), Notice.none(alarm.name()));
                if (sighting != null && isDue(before, sighting, clock.millis())) {
                    decide(alarm);
                }
            } catch (RuntimeException e) {
                failure = failure == null ? e : failure;
            }
        }
        return failure;
    }

    private void decide(Alarm alarm) {
        transaction.executeWithoutResult(status -> {
            var last = notices.locked(alarm.name());
            if (!channels.isEmpty() && notices.waiting(alarm.name()).containsAll(channels.keySet())) {
                return;
            }
            var sighting = alarm.look();
            long now = clock.millis();
            if (sighting == null || !isDue(last, sighting, now)) {
                return;
            }
            alarm.noted(sighting);
            notices.decide(last.next(sighting, now), settings.channels());
            if (sighting.raised()) {
                LOG.warn("Alarm {}: {}", alarm.name(), sighting.subject());
            } else {
                LOG.info("Alarm {}: {}", alarm.name(), sighting.subject());
            }
        });
    }

    private boolean isDue(Notice last, Sighting sighting, long now) {
        if (last.raised() != sighting.raised()) {
            return true;
        }
        boolean collected = now - last.decidedAt() >= settings.digest().toMillis();
        return sighting.raised() && !sighting.news().isEmpty() && collected;
    }

    /** What is to be sent now, the oldest first; to one channel only the first of an alarm. */
    public List<Telling> due() {
        return notices.due(clock.millis()).stream()
                .filter(telling -> channels.containsKey(telling.channel()))
                .toList();
    }

    /**
     * Turns the {@link Telling} in the body into what the route sends. Sets the variable {@code shape}: {@code mail},
     * {@code slack}, {@code teams} or {@code json}. For a mail its text becomes the body, and the variables {@code subject}
     * and {@code messageId} are set; for a webhook the body is {@link Notice#toJson}, for jq to shape, and the variable
     * {@code webhookUrl} is set.
     */
    public void address(Exchange exchange) throws InvalidPayloadException {
        var telling = exchange.getMessage().getMandatoryBody(Telling.class);
        exchange.setVariable(TELLING, telling);
        var channel = channels.get(telling.channel());
        if (channel == null) {
            throw new IllegalStateException("there is no channel " + telling.channel());
        }
        var notice = telling.notice();
        exchange.setVariable("shape", channel.shape().word());
        if (channel.shape() == Channel.Shape.MAIL) {
            exchange.setVariable("subject", notice.subject());
            exchange.setVariable("messageId", "<" + notice.id() + "@usher.invalid>");
            exchange.getMessage().setBody(notice.text());
        } else {
            exchange.setVariable("webhookUrl", exchange.getContext().resolvePropertyPlaceholders(channel.to()));
            exchange.getMessage().setBody(notice.toJson());
        }
    }

    /** The channel took it. */
    public void told(Exchange exchange) {
        var telling = exchange.getVariable(TELLING, Telling.class);
        notices.told(telling);
        LOG.info(
                "Alarm {}: the administrator was told by {}, {}",
                telling.notice().alarm(),
                telling.channel(),
                telling.notice().id());
    }

    /** Looking or sending failed: says so, and puts it off for this channel for a while that grows with each try. */
    public void failed(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var reason = Refusal.reason(failure);
        var telling = exchange.getVariable(TELLING, Telling.class);
        if (telling == null) {
            LOG.warn("Alarms could not be looked at and will be at the next tick: {}", reason);
            return;
        }
        var grown = settings.retry().after(telling.tries() + 1);
        var asked = Refusal.retryAfter(failure);
        var wait = asked.compareTo(grown) > 0 ? asked : grown;
        notices.putOff(telling.failed(clock.millis() + wait.toMillis()));
        LOG.warn(
                "Alarm {}: {} did not take it, try {}; the next is in {} s: {}. Check {}",
                telling.notice().alarm(),
                telling.channel(),
                telling.tries() + 1,
                wait.toSeconds(),
                reason,
                telling.channel().equals(Channel.MAIL) ? "usher.mail.*" : "usher.alerts.webhooks." + telling.channel());
    }
}
