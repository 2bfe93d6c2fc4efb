package dev.usher.reconciliation;

import dev.usher.destination.Destination;
import dev.usher.destination.Destinations;
import dev.usher.projection.Known;
import dev.usher.projection.Projection;
import dev.usher.projection.Projection.State;
import dev.usher.router.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Compares one user with what Usher remembers, without asking any destination. */
final class Comparison {

    private final Collection<Destination> destinations;
    private final @Nullable String only;

    /** @param only the destination that counts; null for all that are switched on */
    Comparison(Destinations destinations, @Nullable String only) {
        this.destinations = destinations.all();
        this.only = only;
    }

    /**
     * @param exchange with the answers of the rules
     * @param hash of the user as the directory shows it
     * @param parked destinations, or the router, with an open dead letter of this user
     * @param young whether a source may yet tell of this user by itself
     */
    Finding of(
            Exchange exchange,
            String subject,
            Instant created,
            Known known,
            String hash,
            Set<String> parked,
            boolean young) {
        var person = known.person();
        var wanted = new StringBuilder();
        List<String> found = new ArrayList<>();
        boolean unheard = person == null;
        boolean changed = person == null || !hash.equals(person.contentHash());
        boolean behind = changed;
        if (unheard && !young) {
            found.add("unheard");
        }
        for (var destination : destinations) {
            if (!destination.settings().enabled() || only != null && !only.equals(destination.name())) {
                continue;
            }
            var projection = known.in(destination.name());
            boolean refused = Rules.refusal(exchange, destination) != null;
            if (!refused) {
                var rule = exchange.getVariable("send-" + destination.name(), String.class);
                wanted.append(wanted.isEmpty() ? "|" : "").append(destination.name() + ":" + rule + "|");
            }
            if (isSkipped(projection, hash, destination)
                    || !refused && projection != null && projection.reflects(hash, destination.mapping())) {
                continue;
            }
            behind = true;
            if (!refused && !(unheard && young)) {
                found.add(word(projection, parked, destination.name()) + ":" + destination.name());
            }
        }
        return new Finding(
                subject,
                created.toEpochMilli(),
                wanted.toString(),
                String.join(" ", found),
                behind && !(unheard && young),
                !unheard,
                changed);
    }

    private static boolean isSkipped(@Nullable Projection projection, String hash, Destination destination) {
        return projection != null
                && projection.state() == State.SKIPPED
                && hash.equals(projection.userHash())
                && destination.mapping().equals(projection.mapping());
    }

    private static String word(@Nullable Projection projection, Set<String> parked, String destination) {
        if (parked.contains(destination) || parked.contains(Destinations.ROUTER)) {
            return "parked";
        }
        return projection == null || projection.remoteId() == null ? "missing" : "drifted";
    }
}
