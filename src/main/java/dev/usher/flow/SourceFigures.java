package dev.usher.flow;

import dev.usher.watermark.Watermark;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One source as it stands.
 *
 * @param name as its events bear it, such as {@code /entra/audit-log}
 * @param title in words
 * @param on whether it is used
 * @param polledAt when it was last read to its end, or for a webhook last accepted a call; null when it never was
 * @param newest when the newest thing happened that it told of; null when it does not say
 * @param lag how late after its time the newest record was first seen; null when that is not known
 * @param gap what it lost before it was read; null when nothing is missing
 * @param state in a few words
 */
public record SourceFigures(
        String name,
        String title,
        boolean on,
        @Nullable Instant polledAt,
        @Nullable Instant newest,
        @Nullable Duration lag,
        Watermark.@Nullable Gap gap,
        Level level,
        String state) {}
