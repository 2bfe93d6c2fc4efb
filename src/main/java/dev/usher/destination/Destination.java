package dev.usher.destination;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/**
 * One destination as its folder and the configuration describe it.
 *
 * @param name the folder's name; also the queue, the configuration key and the word in the log
 * @param mapping version of what it writes: a short hash of its jq files, of its {@code rules} and of what becomes of those
 *     who leave
 * @param leaving what becomes of the records of users who are disabled or deleted
 * @param answers its {@code answers.jq}, which says what the vendor's answers mean; null where there is none
 */
public record Destination(
        String name,
        DeliverySettings settings,
        String mapping,
        Leaving leaving,
        @Nullable JsonQuery answers,
        Scope scope) {

    /**
     * What this vendor's answer means, as {@code answers.jq} says.
     *
     * @param answer object with {@code status}, {@code headers} (lower-case names), {@code body} (JSON, or null),
     *     {@code operation} and {@code variant} of the delivery
     * @return an object with {@code kind} and {@code reason} and, where the vendor sends no Retry-After, perhaps {@code
     *     after}, in seconds; null when the general rule decides
     */
    public @Nullable JsonNode meaning(JsonNode answer) throws JsonQueryException {
        if (answers == null) {
            return null;
        }
        List<JsonNode> results = new ArrayList<>(1);
        answers.apply(scope, answer, results::add);
        var result = results.isEmpty() ? null : results.get(0);
        return result == null || result.isNull() ? null : result;
    }
}
