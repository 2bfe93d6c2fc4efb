package dev.usher.reconciliation;

/**
 * What the comparison of one user came to.
 *
 * @param createdAt when the directory made the user, in milliseconds since the epoch
 * @param wanted {@code |destination:rule|} for each destination that the rules send the user to
 * @param found words for what is wrong: {@code unheard}, {@code missing:<destination>}, {@code drifted:<destination>},
 *     {@code parked:<destination>}, each after a blank; empty when all is well
 * @param behind whether something is to be repaired
 * @param known whether some source told of this user before
 * @param changed whether the user is another than the one last routed
 */
record Finding(
        String subject, long createdAt, String wanted, String found, boolean behind, boolean known, boolean changed) {}
