package dev.usher.projection;

import org.jspecify.annotations.Nullable;

/**
 * What one destination holds for one user, as far as we know.
 *
 * @param subject the Entra object id
 * @param destination the destination's folder name
 * @param state see {@link State}
 * @param remoteId the destination's own id; null as long as nothing is known to exist there
 * @param contentHash keyed hash of the content last written or confirmed there
 * @param userHash keyed hash of the user that content was made from
 * @param mapping version of the mapping that made it
 * @param version event time of that user, in microseconds since the epoch
 * @param reason for {@link State#SKIPPED}: the rule that said no
 * @param note what the destination's own route wants to remember of its last write; no personal data, at most 2,000
 *     characters
 * @param claim a create that was sent and whose answer we do not have; null when there is none
 */
public record Projection(
        String subject,
        String destination,
        State state,
        @Nullable String remoteId,
        @Nullable String contentHash,
        @Nullable String userHash,
        @Nullable String mapping,
        long version,
        @Nullable String reason,
        @Nullable String note,
        @Nullable Claim claim)
        implements Change {

    /** How far a projection can be trusted. */
    public enum State {
        /** Written or confirmed. */
        CURRENT,
        /** The user left; the record is out of use there, and can be brought back. */
        ARCHIVED,
        /** The user left; the record was removed there, and the next write is a create. */
        DELETED,
        /** A rule said no; nothing was sent, or what was there was left alone. */
        SKIPPED,
        /** A create is under way, or its answer was lost. */
        CLAIMED,
        /** A delivery was given up; what the destination holds is older than the directory. */
        PARKED;

        /** Whether the destination holds what the user was last mapped to. */
        public boolean isSettled() {
            return this == CURRENT || this == ARCHIVED || this == DELETED;
        }
    }

    /**
     * A create that must not be sent twice under another key.
     *
     * @param key the idempotency key it was sent with
     * @param contentHash keyed hash of the content it carried
     * @param at when it was first sent, in milliseconds since the epoch
     */
    public record Claim(String key, String contentHash, long at) {

        private static final String NO_CONTENT = "";

        /**
         * This claim once the destination answers its key with a failure for ever: no content comes under that key again,
         * and the destination must be asked what became of the create.
         *
         * @param now from when a search needs its time to know the record, in milliseconds since the epoch
         */
        public Claim spent(long now) {
            return new Claim(key, NO_CONTENT, now);
        }
    }

    /** Whether this projection was made from exactly this user by exactly this mapping. */
    public boolean reflects(String hash, String mappingVersion) {
        return state.isSettled() && hash.equals(userHash) && mappingVersion.equals(mapping);
    }

    /** This projection with a create claimed, before the call is made. */
    public Projection claimed(Claim newClaim) {
        return new Projection(
                subject,
                destination,
                State.CLAIMED,
                remoteId,
                contentHash,
                userHash,
                mapping,
                version,
                null,
                note,
                newClaim);
    }

    /** This projection with another note. */
    public Projection noted(@Nullable String newNote) {
        return new Projection(
                subject, destination, state, remoteId, contentHash, userHash, mapping, version, reason, newNote, claim);
    }

    /**
     * This projection once the destination was asked whether the claimed create happened.
     *
     * @param foundId the id of the record that was found; null when there is none, so that the next write is a create
     */
    public Projection settled(@Nullable String foundId) {
        return new Projection(subject, destination, State.PARKED, foundId, null, null, null, version, null, note, null);
    }

    /**
     * This projection when a change may or may not have been made: nothing that is wanted next counts as there already.
     *
     * @param newNote what the route remembers of that change
     */
    public Projection doubtful(@Nullable String newNote) {
        return new Projection(
                subject, destination, state, remoteId, null, null, mapping, version, reason, newNote, claim);
    }

    /** This projection with this claim, or with none. */
    public Projection with(@Nullable Claim openClaim) {
        return new Projection(
                subject,
                destination,
                state,
                remoteId,
                contentHash,
                userHash,
                mapping,
                version,
                reason,
                note,
                openClaim);
    }

    /** This projection once it is known that the claimed create never happened. */
    public Projection unclaimed() {
        return with(null);
    }

    /** This projection after a delivery was given up. What is known of the destination stays. */
    public Projection parked(String why) {
        return new Projection(
                subject, destination, State.PARKED, remoteId, contentHash, null, mapping, version, why, note, claim);
    }

    /** This projection after the destination said that it no longer holds the record of this id: the next write is a create. */
    public static Projection gone(String subject, String destination, long version, @Nullable String goneId) {
        return new Projection(
                subject, destination, State.PARKED, null, null, null, null, version, goneReason(goneId), null, null);
    }

    /** This projection after the record was removed because its user left: the next write is a create. */
    public Projection deleted() {
        return new Projection(
                subject,
                destination,
                State.DELETED,
                null,
                contentHash,
                userHash,
                mapping,
                version,
                goneReason(remoteId),
                null,
                null);
    }

    /** Whether the destination no longer holds the record of this id, because it said so or we removed it. */
    public boolean knowsAsGone(@Nullable String id) {
        return id != null && goneReason(id).equals(reason);
    }

    private static String goneReason(@Nullable String id) {
        return "the destination no longer holds " + id;
    }

    /** A projection of which nothing is known yet. */
    public static Projection unknown(String subject, String destination) {
        return new Projection(subject, destination, State.PARKED, null, null, null, null, 0, null, null, null);
    }
}
