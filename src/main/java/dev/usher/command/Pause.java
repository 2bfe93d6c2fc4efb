package dev.usher.command;

/** Between two looks at something that takes a while. */
final class Pause {

    private static final long MILLIS = 500;

    private Pause() {}

    static void aMoment() {
        try {
            Thread.sleep(MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unreachable("Interrupted; what was begun goes on in Usher.");
        }
    }
}
