package dev.usher.flow;

import org.jspecify.annotations.Nullable;

/**
 * Why the verdict is not the best one.
 *
 * @param text one sentence: what is the case, and what to do if something is to be done
 * @param page of the console that shows more; null when none does
 */
public record Reason(Level level, String text, @Nullable String page) {}
