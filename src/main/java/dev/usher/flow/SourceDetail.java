package dev.usher.flow;

import dev.usher.watermark.Watermark;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One source with all that is known of it.
 *
 * @param watermark how far it has been read; null for those that keep none, and before the first poll
 * @param lateness how many records came how late, by the upper end of a bucket in seconds, ascending; of the last 30 days
 */
public record SourceDetail(SourceFigures figures, @Nullable Watermark watermark, Map<Long, Long> lateness) {}
