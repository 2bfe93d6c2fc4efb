package dev.usher.hook;

/** A call to a webhook that is answered with an error; the routeConfiguration {@code answer-hooks} says it as JSON. */
public final class HookRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the HTTP status, 400 to 499
     * @param message what is wrong and what to do; it quotes nothing of the call and holds no quotation mark
     */
    public HookRefused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The HTTP status. */
    public int getStatus() {
        return status;
    }
}
