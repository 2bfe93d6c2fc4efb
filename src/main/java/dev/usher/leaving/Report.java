package dev.usher.leaving;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The mass-change guard as an operator sees it.
 *
 * @param state {@code open}, or {@code holding} while an operator must decide
 * @param users known and not deleted, or deleted within the window
 * @param departures users who left within the window and passed, since the last decision
 * @param mayLeave so many may, before the next is held; null when the guard is switched off
 * @param last the newest mass change; null when there was none
 */
public record Report(
        String state,
        long users,
        long departures,
        @Nullable Long mayLeave,
        double share,
        int least,
        Duration window,
        @Nullable Last last) {

    /**
     * @param state {@code holding}, {@code released} or {@code discarded}
     * @param users known when it began
     * @param departures users who had left when it began, with the first that was held
     * @param held users whose events were held
     */
    public record Last(
            long number,
            String state,
            Instant since,
            long users,
            long departures,
            long held,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy) {}

    static Report of(MassChange latest, GuardSettings settings, long users, long departures, long held) {
        var last = latest.number() == 0
                ? null
                : new Last(
                        latest.number(),
                        DepartureTables.word(latest.state()),
                        Instant.ofEpochMilli(latest.since()),
                        latest.users(),
                        latest.departures(),
                        held,
                        latest.isHolding() ? null : Instant.ofEpochMilli(latest.decidedAt()),
                        latest.decidedBy());
        return new Report(
                latest.isHolding() ? "holding" : "open",
                users,
                departures,
                settings.share() == 1 ? null : settings.mayLeave(users),
                settings.share(),
                settings.least(),
                settings.window(),
                last);
    }
}
