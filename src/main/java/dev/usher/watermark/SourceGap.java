package dev.usher.watermark;

/**
 * Told to Spring's listeners when a source was not read for longer than it keeps its records: reconciliation must fill
 * the gap. The gap also stands in the source's watermark until {@link Watermarks#closeGap} is called.
 *
 * @param source such as {@code /entra/audit-log}
 * @param gap what is missing
 */
public record SourceGap(String source, Watermark.Gap gap) {}
