package dev.usher.leaving;

import org.jspecify.annotations.Nullable;

/**
 * Somebody known was disabled or deleted.
 *
 * @param subject the Entra object id
 * @param version of the event that said so: its time in microseconds since the epoch
 * @param at when the guard judged it, in epoch milliseconds
 * @param heldIn number of the mass change it was held in; null for who passed
 */
record Departure(
        String subject, long version, long at, @Nullable Long heldIn) {}
