package dev.usher.watermark;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has been read.
 *
 * @param source such as {@code /entra/audit-log}
 * @param begunAt where reading began at the first start; nothing older is ever read
 * @param newest when the newest record happened that became an event; never in the future
 * @param shallowAt when the last re-reading of the short overlap began that came to its end
 * @param deepAt the same of the deep overlap
 * @param polledAt when a poll last came to its end
 * @param gap what can no longer be read because the source has forgotten it; null when nothing is missing
 */
public record Watermark(
        String source,
        Instant begunAt,
        Instant newest,
        Instant shallowAt,
        Instant deepAt,
        Instant polledAt,
        @Nullable Gap gap) {

    /** Where a source is first read from. */
    public static Watermark begin(String source, Instant from, Instant now) {
        return new Watermark(source, from, from, from, from, now, null);
    }

    /** The same with a newer newest record; an older one changes nothing. */
    public Watermark reaching(Instant record) {
        return record.isAfter(newest) ? new Watermark(source, begunAt, record, shallowAt, deepAt, polledAt, gap) : this;
    }

    /** The same after the short overlap was read again, beginning at this time. */
    public Watermark shallowAt(Instant began) {
        return new Watermark(source, begunAt, newest, later(shallowAt, began), deepAt, polledAt, gap);
    }

    /** The same after the deep overlap, and with it the short one, was read again. */
    public Watermark deepAt(Instant began) {
        return new Watermark(source, begunAt, newest, later(shallowAt, began), later(deepAt, began), polledAt, gap);
    }

    /** The same with what another copy knows of re-reading that was not stored. */
    public Watermark with(Watermark other) {
        return new Watermark(
                source,
                begunAt,
                newest,
                later(shallowAt, other.shallowAt),
                later(deepAt, other.deepAt),
                later(polledAt, other.polledAt),
                gap);
    }

    /** The same after a poll. */
    public Watermark polledAt(Instant ended) {
        return new Watermark(source, begunAt, newest, shallowAt, deepAt, ended, gap);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * A time whose records the source has forgotten before they were read. Only reconciliation can fill it.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Gap(Instant from, Instant to) {}
}
