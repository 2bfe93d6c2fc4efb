package dev.usher.sandbox.dataverse;

import dev.usher.sandbox.server.Answer;

/** Ends the work on a request with Dataverse's error. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    Refusal(Answer answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
