package dev.usher.destination;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deliveries to one destination are made and repeated. Every key has a default; whatever else stands under the same
 * name in the configuration belongs to the destination's own routes.
 *
 * @param enabled false: nothing is sent there, and the log says so; default true
 * @param quickRetries tries repeated at once, within about a second, before the message goes back to the broker; 0 to 10,
 *     default 2
 * @param retry how the broker repeats afterwards
 * @param pause when the whole destination is left alone
 * @param settle how long a routed user waits in the queue, so that what follows at once goes in the same call; default none
 * @param settleFor the destinations whose ids a new user waits for besides, for as long as their queues will need; default
 *     none
 * @param settleMost longest such wait in all; default 30 s
 * @param calls how many calls its routes let through in {@code per} milliseconds, at most; default 0: they keep no pace
 * @param per that time, in milliseconds; default 1,000
 * @param keyLifetime how long the vendor remembers an idempotency key, with a margin; default 23 hours. 0 for a vendor that
 *     knows none: after a create without an answer the route is asked to look for the record by a key of ours
 * @param dataSource the database it writes to, for the routes of this destination; null when it is none
 * @param findableAfter how long after a create the vendor's search finds it for certain; default 1 hour
 * @param reserve which part of the calls that the vendor allows is kept for sign-ups; default none
 * @param onDisabled what becomes of the record of a disabled user: one of the words that the destination's
 *     {@code leaving.properties} names; blank for the first of them
 * @param onDeleted the same for a deleted user
 */
public record DeliverySettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("2") int quickRetries,
        @DefaultValue Retry retry,
        @DefaultValue Pause pause,
        @DefaultValue("0s") Duration settle,
        @DefaultValue List<String> settleFor,
        @DefaultValue("30s") Duration settleMost,
        @DefaultValue("0") int calls,
        @DefaultValue("1000") int per,
        @DefaultValue("23h") Duration keyLifetime,
        @DefaultValue("1h") Duration findableAfter,
        @DefaultValue Reserve reserve,
        @Nullable Database dataSource,
        @DefaultValue("") String onDisabled,
        @DefaultValue("") String onDeleted) {

    /** What the pool of connections takes at least. */
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(250);

    /** Whether a create without an answer can be repeated under its idempotency key; if not, the record is looked for. */
    public boolean hasKeys() {
        return !keyLifetime.isZero();
    }

    /** How far apart calls are at least, in milliseconds, seen over many; 0 where no pace is kept. */
    public double millisBetweenCalls() {
        return calls > 0 ? per / (double) calls : 0;
    }

    /**
     * What is out of its range.
     *
     * @param key of these settings, such as {@code usher.destinations.stripe}
     */
    List<Problem> problems(String key) {
        var ranges = new Ranges(key)
                .within("quick-retries", quickRetries, 0, 10)
                .positive("retry.first", retry.first())
                .holds(retry.factor() >= 1, "retry.factor", String.valueOf(retry.factor()), "set 1 or more")
                .atLeast("retry.most", retry.most(), retry.first())
                .atLeast("retry.attempts", retry.attempts(), 1)
                .atLeast("pause.after", pause.after(), 1)
                .positive("pause.first", pause.first())
                .atLeast("pause.most", pause.most(), pause.first())
                .positive("pause.obey", pause.obey())
                .atLeast("settle", settle, Duration.ZERO)
                .atLeast("settle-most", settleMost, Duration.ZERO)
                .atLeast("calls", calls, 0)
                .atLeast("per", per, 1)
                .atLeast("key-lifetime", keyLifetime, Duration.ZERO)
                .atLeast("findable-after", findableAfter, Duration.ZERO)
                .holds(
                        reserve.share() >= 0 && reserve.share() < 1,
                        "reserve.share",
                        String.valueOf(reserve.share()),
                        "set 0 or more and less than 1, such as 0.1")
                .positive("reserve.recheck", reserve.recheck());
        if (dataSource != null) {
            ranges.atLeast("data-source.connections", dataSource.connections(), 1)
                    .atLeast("data-source.timeout", dataSource.timeout(), SHORTEST_TIMEOUT)
                    .atLeast("data-source.answer-timeout", dataSource.answerTimeout(), Duration.ofSeconds(1));
        }
        return ranges.problems();
    }

    /**
     * @param share of the calls that the vendor allows within a day, 0 (nothing is kept) to below 1; default 0
     * @param recheck how long deliveries are held back before one of them asks anew; default 15 min
     */
    public record Reserve(
            @DefaultValue("0") double share,
            @DefaultValue("15m") Duration recheck) {}

    /**
     * @param url JDBC URL
     * @param connections most connections at once, at least 1; default 8
     * @param timeout to get a connection, 250 ms or longer; default 10 s
     * @param answerTimeout how long it may be silent before a statement fails, 1 s or longer; default 30 s. For the drivers
     *     that Usher knows; for others the URL must say it
     */
    public record Database(
            @DefaultValue("") String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("8") int connections,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("30s") Duration answerTimeout) {}

    /**
     * @param first delay before the first repeat by the broker, longer than nothing; default 5 s
     * @param factor by which it grows, at least 1; default 2
     * @param most longest delay, at least the first; default 15 min
     * @param attempts tries in all before the delivery is parked, not counting those a pause took back; at least 1, default 25
     */
    public record Retry(
            @DefaultValue("5s") Duration first,
            @DefaultValue("2") double factor,
            @DefaultValue("15m") Duration most,
            @DefaultValue("25") int attempts) {

        /** The delay before the try after this one, without jitter. */
        public Duration after(int attempt) {
            var millis = first.toMillis() * Math.pow(factor, Math.max(0, attempt - 1));
            return Duration.ofMillis((long) Math.min(millis, most.toMillis()));
        }
    }

    /**
     * @param after failures in a row that pause the destination, at least 1; a 429 or 503 pauses it at once; default 5
     * @param first length of the first pause when the vendor names none, longer than nothing; default 1 s
     * @param most longest pause, also when the vendor asks for more than that in a row of probes; at least the first,
     *     default 15 s
     * @param obey longest Retry-After that is believed, longer than nothing; default 15 min
     */
    public record Pause(
            @DefaultValue("5") int after,
            @DefaultValue("1s") Duration first,
            @DefaultValue("15s") Duration most,
            @DefaultValue("15m") Duration obey) {}
}
