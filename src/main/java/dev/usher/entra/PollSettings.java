package dev.usher.entra;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit log is polled: {@code usher.entra.poll}. When it is polled ({@code cron}, {@code enabled}) is read by the
 * routes.
 *
 * @param activities the activities that become events, by their display names
 * @param overlap how far back of the newest record every poll reads again, for records that arrive late
 * @param overlapEvery how often the whole overlap is read again when a poll alone cannot
 * @param deepOverlap how far back records are looked for that arrive very late
 * @param deepOverlapMost how far the deep overlap grows at most when records are found to come later than it reaches
 * @param deepOverlapMargin by which the lateness of the 99.9th of 100 late records is multiplied, 1 or more
 * @param deepEvery how often the deep overlap is read again
 * @param reread how many records already seen a poll reads again at most, 0 to pageSize - 1
 * @param startBack how far back the very first poll begins
 * @param retention how long Entra keeps the records: 7 days in External ID and B2C
 * @param keepSeen how long records already seen are remembered, longer than {@code retention}
 * @param pageSize records per call, 1 to 1000
 * @param requests most calls within {@code per}; Graph allows 5 in 10 s
 * @param per the window of {@code requests}
 */
@ConfigurationProperties("usher.entra.poll")
record PollSettings(
        @DefaultValue({"Add user", "Update user", "Disable account", "Enable account", "Delete user", "Restore user"})
        List<String> activities,

        @DefaultValue("PT2M") Duration overlap,
        @DefaultValue("PT30S") Duration overlapEvery,
        @DefaultValue("PT30M") Duration deepOverlap,
        @DefaultValue("PT6H") Duration deepOverlapMost,
        @DefaultValue("1.5") double deepOverlapMargin,
        @DefaultValue("PT10M") Duration deepEvery,
        @DefaultValue("900") int reread,
        @DefaultValue("PT10M") Duration startBack,
        @DefaultValue("P7D") Duration retention,
        @DefaultValue("P8D") Duration keepSeen,
        @DefaultValue("1000") int pageSize,
        @DefaultValue("5") int requests,
        @DefaultValue("PT10S") Duration per) {

    PollSettings {
        activities = List.copyOf(activities);
        var faults = new ArrayList<String>();
        if (activities.isEmpty()) {
            faults.add("activities is empty: name at least one of " + Activities.known());
        }
        activities.stream()
                .filter(activity -> !Activities.known().contains(activity))
                .forEach(activity -> faults.add("activities has '" + activity
                        + "', which stands for no event: use some of " + Activities.known()));
        range(faults, "page-size", pageSize, 1, 1000);
        range(faults, "reread", reread, 0, pageSize - 1);
        range(faults, "requests", requests, 1, 1000);
        positive(faults, "overlap", overlap);
        positive(faults, "overlap-every", overlapEvery);
        positive(faults, "deep-overlap", deepOverlap);
        positive(faults, "deep-every", deepEvery);
        positive(faults, "retention", retention);
        positive(faults, "per", per);
        if (startBack.isNegative()) {
            faults.add("start-back is " + startBack + ": it must be PT0S or longer");
        }
        if (deepOverlap.compareTo(overlap) < 0) {
            faults.add("deep-overlap (" + deepOverlap + ") is shorter than overlap (" + overlap + "): make it longer");
        }
        if (deepOverlapMost.compareTo(deepOverlap) < 0) {
            faults.add("deep-overlap-most (" + deepOverlapMost + ") is shorter than deep-overlap (" + deepOverlap
                    + "): make it longer");
        }
        if (!(deepOverlapMargin >= 1)) {
            faults.add("deep-overlap-margin is " + deepOverlapMargin + ": it must be 1 or more");
        }
        if (keepSeen.compareTo(retention) <= 0) {
            faults.add("keep-seen (" + keepSeen + ") is not longer than retention (" + retention
                    + "): forgotten records would become events again");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("usher.entra.poll." + String.join("\nusher.entra.poll.", faults));
        }
    }

    /** The deep overlap when this share of late records is known to come within so long. */
    Duration deepOverlap(Duration late) {
        var wanted = Duration.ofMillis((long) (late.toMillis() * deepOverlapMargin));
        var atLeast = wanted.compareTo(deepOverlap) > 0 ? wanted : deepOverlap;
        return atLeast.compareTo(deepOverlapMost) < 0 ? atLeast : deepOverlapMost;
    }

    private static void range(List<String> faults, String key, int value, int least, int most) {
        if (value < least || value > most) {
            faults.add(key + " is " + value + ": it must be " + least + " to " + most);
        }
    }

    private static void positive(List<String> faults, String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            faults.add(key + " is " + value + ": it must be longer than PT0S");
        }
    }
}
