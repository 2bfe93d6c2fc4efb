package dev.usher.delivery;

import dev.usher.destination.Destinations;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The bean {@code allowance}: keeps a reserve of the calls that a vendor allows within a day, for live changes of people
 * who are not there yet. Called by routes whose vendor tells with its answers how many calls are used.
 *
 * <p>Each process knows what the last answer to itself said; before the first one every delivery goes.
 */
@Component("allowance")
public final class Allowance {

    private static final Logger LOG = LoggerFactory.getLogger(Allowance.class);
    private static final Pattern USED_OF_ALLOWED = Pattern.compile("(\\d{1,15})/(\\d{1,15})(?!\\d)");

    private record Reading(long used, long allowed, long at) {
        boolean leavesOnly(double share) {
            return allowed - used <= share * allowed;
        }
    }

    private final Destinations destinations;
    private final Clock clock;
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    Allowance(Destinations destinations, Clock clock) {
        this.destinations = destinations;
        this.clock = clock;
    }

    /**
     * Passes while more than the reserve is left, and live sign-ups always. When the last reading is as old as
     * {@code reserve.recheck}, one delivery passes to get a new one.
     *
     * @throws HeldBack for every other delivery, until the next reading is due
     */
    public void check(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        var reserve = destinations.get(delivery.destination).settings().reserve();
        var reading = readings.get(delivery.destination);
        if (reading == null || reserve.share() == 0 || !reading.leavesOnly(reserve.share())) {
            return;
        }
        if (delivery.isLiveSignUp() || mayRead(delivery.destination, reading, reserve.recheck())) {
            return;
        }
        var due = reading.at() + reserve.recheck().toMillis() - clock.millis();
        throw new HeldBack(
                reading.used() + " of " + reading.allowed() + " calls are used; the rest is kept for sign-ups",
                Duration.ofMillis(Math.max(due, 1)));
    }

    private boolean mayRead(String destination, Reading reading, Duration recheck) {
        var now = clock.millis();
        return now - reading.at() >= recheck.toMillis()
                && readings.replace(destination, reading, new Reading(reading.used(), reading.allowed(), now));
    }

    /**
     * Remembers what the vendor said in its answer: the variable {@code callsUsed} holds {@code <used>/<allowed>}, whatever
     * stands around it. Without that nothing changes.
     *
     * @see <a href="https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm">
     *     Sforce-Limit-Info</a>
     */
    public void note(Exchange exchange) {
        var delivery = Delivery.of(exchange, clock.millis());
        var reading = read(exchange.getVariable("callsUsed", String.class));
        if (reading == null) {
            return;
        }
        var before = readings.put(delivery.destination, reading);
        var share = destinations.get(delivery.destination).settings().reserve().share();
        var low = reading.leavesOnly(share);
        if (share > 0 && low != (before != null && before.leavesOnly(share))) {
            LOG.warn(
                    "{}: {} of {} calls are used; {}",
                    delivery.destination,
                    reading.used(),
                    reading.allowed(),
                    low ? "from now on only sign-ups are sent" : "everything is sent again");
        }
    }

    private @Nullable Reading read(@Nullable String text) {
        var found = USED_OF_ALLOWED.matcher(text == null ? "" : text);
        return found.find()
                ? new Reading(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)), clock.millis())
                : null;
    }
}
