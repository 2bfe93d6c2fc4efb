package dev.usher.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A customer and its earlier versions, which the lagging search index still shows.
 *
 * @param sequence grows with each customer made: the order of lists
 */
record Customer(long sequence, boolean deleted, List<Version> versions) {
    private static final int REMEMBERED = 8;

    /** What the customer was from a moment on; never changed afterwards. */
    record Version(Instant since, ObjectNode content) {}

    static Customer made(long sequence, Instant at, ObjectNode content) {
        return new Customer(sequence, false, List.of(new Version(at, content)));
    }

    Customer changed(Instant at, ObjectNode content) {
        List<Version> more =
                new ArrayList<>(versions.subList(Math.max(0, versions.size() - REMEMBERED), versions.size()));
        more.add(new Version(at, content));
        return new Customer(sequence, false, List.copyOf(more));
    }

    Customer gone() {
        return new Customer(sequence, true, versions);
    }

    ObjectNode content() {
        return versions.get(versions.size() - 1).content();
    }

    String id() {
        return content().get("id").textValue();
    }

    /** What an index that lags behind until this moment knows. */
    Optional<ObjectNode> indexed(Instant until) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (!versions.get(i).since().isAfter(until)) {
                return Optional.of(versions.get(i).content());
            }
        }
        return Optional.empty();
    }
}
