package dev.usher.request;

/**
 * A service says no to what somebody asked of it. The message is for that somebody: what is wrong, where, what to do; no
 * secret and nothing of the inside. The API answers it as {@code application/problem+json}, the console shows it.
 */
public final class RequestProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What kind of no it is. */
    public enum Kind {
        /** The request itself is wrong; repeating it does not help. */
        WRONG(400),
        /** What it names is not there. */
        MISSING(404),
        /** It cannot be done now, because of what is the case now. */
        CONFLICT(409),
        /** A system that is needed for it does not answer, or refuses. */
        UNREACHABLE(502);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** The HTTP status of such an answer. */
        public int status() {
            return status;
        }
    }

    private final Kind kind;

    private RequestProblem(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** The request is wrong. */
    public static RequestProblem wrong(String message) {
        return new RequestProblem(Kind.WRONG, message);
    }

    /** What is asked for is not there. */
    public static RequestProblem missing(String message) {
        return new RequestProblem(Kind.MISSING, message);
    }

    /** Not now: something else is the case. */
    public static RequestProblem conflict(String message) {
        return new RequestProblem(Kind.CONFLICT, message);
    }

    /** Another system is needed and does not answer, or refuses. */
    public static RequestProblem unreachable(String message) {
        return new RequestProblem(Kind.UNREACHABLE, message);
    }

    public Kind kind() {
        return kind;
    }

    /** The words for whoever asked. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
