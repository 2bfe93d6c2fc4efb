package dev.usher.alert;

import org.jspecify.annotations.Nullable;

/**
 * The row of one alarm: whether it is raised, and the mail that is on its way or was sent last.
 *
 * @param alarm the alarm's name
 * @param number of the mail, 1 for the first of this alarm; 0 when there was none
 * @param decidedAt when the mail was decided, in milliseconds since the epoch
 * @param toldAt when the mail server took it, in milliseconds since the epoch; null while it is on its way
 * @param tries how often the mail server did not take it
 * @param nextTry not to be sent before, in milliseconds since the epoch
 */
public record Notice(
        String alarm,
        boolean raised,
        long number,
        long decidedAt,
        @Nullable Long toldAt,
        String subject,
        String text,
        int tries,
        long nextTry) {

    /** An alarm that was never raised. */
    static Notice none(String alarm) {
        return new Notice(alarm, false, 0, 0, 0L, "", "", 0, 0);
    }

    /** The next mail of this alarm, to be sent at once. */
    Notice next(Sighting sighting, long now) {
        return new Notice(alarm, sighting.raised(), number + 1, now, null, sighting.subject(), sighting.text(), 0, now);
    }

    /** As it is once it was told. */
    Notice told(long now) {
        return new Notice(alarm, raised, number, decidedAt, now, subject, text, tries, nextTry);
    }

    /** As it is after one more try that failed. */
    Notice failed(long nextTryAt) {
        return new Notice(alarm, raised, number, decidedAt, toldAt, subject, text, tries + 1, nextTryAt);
    }

    boolean isOnItsWay() {
        return toldAt == null;
    }

    /**
     * The mail's Message-ID: the same for every try of this mail, another for every other mail, also when the state is
     * lost and the numbers begin anew.
     */
    String messageId() {
        return "<" + alarm + '.' + number + '.' + decidedAt + "@usher.invalid>";
    }
}
