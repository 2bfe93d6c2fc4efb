package dev.usher.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times and ages as people read them, the same on every page. Times are in UTC. */
public final class Words {

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** Such as {@code 2026-11-21 18:15:51 UTC}; empty for null. */
    public static String time(@Nullable Instant time) {
        return time == null ? "" : SECOND.format(time);
    }

    /** Such as {@code 18:15:51}, for what is near now. */
    public static String clock(Instant time) {
        return CLOCK.format(time);
    }

    /** How long ago, such as {@code 12 s} or {@code 3 h}; what is yet to come is {@code 0 s}. */
    public static String age(Instant since, Instant now) {
        return duration(Duration.between(since, now));
    }

    /** Such as {@code 12 s}, {@code 4 min}, {@code 3 h}, {@code 5 days}: one unit, rounded down. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }

    /** Such as {@code 0}, {@code 0.4}, {@code 12}, {@code 1,204}. */
    public static String rate(double perMinute) {
        return perMinute == 0 || perMinute >= 10
                ? String.format(Locale.ROOT, "%,.0f", perMinute)
                : String.format(Locale.ROOT, "%.1f", perMinute);
    }
}
