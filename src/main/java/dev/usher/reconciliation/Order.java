package dev.usher.reconciliation;

import dev.usher.router.Inspection;
import org.jspecify.annotations.Nullable;

/**
 * What a run is asked to do.
 *
 * @param deep whether the destinations are read too
 * @param destination the only one that is looked at; null for all
 * @param cause who asked for it, in words for the operator
 */
record Order(Mode mode, boolean deep, @Nullable String destination, String cause) {

    enum Mode {
        /** What is found is queued for repair. */
        REPAIR,
        /** What is found is only told. */
        DRY_RUN;

        /** The word in the table, the log and the endpoint. */
        String word() {
            return this == REPAIR ? "repair" : "dry-run";
        }

        static @Nullable Mode of(@Nullable String word) {
            return word == null || word.equals("repair") ? REPAIR : word.equals("dry-run") ? DRY_RUN : null;
        }
    }

    static Order repair(String cause) {
        return new Order(Mode.REPAIR, false, null, cause);
    }

    boolean repairs() {
        return mode == Mode.REPAIR;
    }

    /** Whether an event must speak of this user: somebody to be repaired, or in a deep run to be looked at. */
    boolean concerns(Finding finding) {
        boolean looksEverywhere = deep && finding.known();
        return repairs() ? finding.behind() || looksEverywhere : looksEverywhere && !finding.changed();
    }

    Inspection inspection() {
        var depth = !deep ? Inspection.Deep.NO : repairs() ? Inspection.Deep.REPAIR : Inspection.Deep.DRY_RUN;
        return new Inspection(depth, destination);
    }

    @Override
    public String toString() {
        return mode.word() + (deep ? ", deep" : "") + (destination == null ? "" : ", of " + destination + " alone");
    }
}
