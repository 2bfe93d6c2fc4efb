package dev.usher.deadletter;

import dev.usher.request.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which open dead letters are meant: one by its id, those of a destination, of a reason, or of both, or all.
 *
 * @param all must be true where nothing else is said, so that nobody means all by forgetting something
 */
public record Selection(
        @Nullable String id,
        @Nullable String destination,
        @Nullable String reason,
        @Nullable Boolean all) {

    /** One letter. */
    public static Selection one(String id) {
        return new Selection(id, null, null, null);
    }

    /** @throws RequestProblem when it does not say which, or contradicts itself */
    Selection checked() {
        boolean everything = Boolean.TRUE.equals(all);
        boolean some = destination != null || reason != null;
        int ways = (id == null ? 0 : 1) + (some ? 1 : 0) + (everything ? 1 : 0);
        if (ways != 1) {
            throw RequestProblem.wrong((ways == 0
                            ? "it is not said which dead letters are meant"
                            : "which dead letters are meant contradicts itself")
                    + ": send \"id\"; or \"destination\", \"reason\" or both; or \"all\": true");
        }
        return this;
    }

    /** The condition in SQL; its arguments follow in the order of {@link #arguments}. */
    String condition() {
        var conditions = new ArrayList<String>();
        if (id != null) {
            conditions.add("id = ?");
        }
        if (destination != null) {
            conditions.add("destination = ?");
        }
        if (reason != null) {
            conditions.add("reason = ?");
        }
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    List<Object> arguments() {
        var arguments = new ArrayList<Object>();
        for (var value : new String[] {id, destination, reason}) {
            if (value != null) {
                arguments.add(value);
            }
        }
        return arguments;
    }

    /** For the audit trail. */
    String words() {
        if (id != null) {
            return "dead letter " + id;
        }
        return "dead letters: "
                + (destination == null && reason == null
                        ? "all"
                        : (destination == null ? "every destination" : destination)
                                + (reason == null ? "" : ": " + reason));
    }
}
