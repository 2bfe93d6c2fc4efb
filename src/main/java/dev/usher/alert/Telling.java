package dev.usher.alert;

/**
 * One notice on its way to one channel.
 *
 * @param tries how often the channel did not take it
 * @param nextTry not to be sent before, in milliseconds since the epoch
 */
public record Telling(Notice notice, String channel, int tries, long nextTry) {

    /** As it is after one more try that failed. */
    Telling failed(long nextTryAt) {
        return new Telling(notice, channel, tries + 1, nextTryAt);
    }
}
