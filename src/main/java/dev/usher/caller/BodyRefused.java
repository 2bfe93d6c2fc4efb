package dev.usher.caller;

import jakarta.servlet.http.HttpServletResponse;

/** A body that is not taken. After it the connection must be closed: what is still to come would be read. */
public final class BodyRefused extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String SECONDS = "5";

    private final int status;

    BodyRefused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Sets status and headers of the answer, and leaves its body to the caller. */
    public void answer(HttpServletResponse response) {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", SECONDS);
        }
    }

    /** What is wrong; it quotes nothing of the call. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
