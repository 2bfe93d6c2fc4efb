package dev.usher.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.projection.Outcome;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery would do, found by its own route without a write. It holds values of the person: show it, never store
 * it.
 *
 * @param act the operation ({@code create}, {@code update}, {@code archive}, {@code delete}, {@code confirm}), or the outcome
 *     of a delivery that writes nothing ({@code unchanged}, {@code skipped}, {@code stale}, {@code superseded}), or
 *     {@code failed}
 * @param reason why, where the act does not say it
 * @param remoteId the record's id there; null when none is known
 * @param looked whether the destination was asked what it holds
 * @param differences what would be written, field by field; empty where nothing would be
 */
public record Draft(
        String act, @Nullable String reason, @Nullable String remoteId, boolean looked, List<Difference> differences) {

    static final String FAILED = "failed";

    private static final String PROPERTY = "usherDraft";

    /** What a delivery decided. @param outcome null when it would call the destination */
    static Draft of(Delivery delivery, @Nullable Outcome outcome, @Nullable String reason, JsonNode content) {
        boolean looked = delivery.seen != null || delivery.finding != null;
        boolean writes = outcome == null && !delivery.removes();
        return new Draft(
                outcome == null ? delivery.operation : outcome.word(),
                outcome == null && delivery.finding != null ? delivery.finding : reason,
                delivery.remoteId,
                looked,
                writes ? Seen.differences(delivery.seen, content) : List.of());
    }

    /** The delivery would fail, or could not look. */
    static Draft failed(String reason) {
        return new Draft(FAILED, reason, null, false, List.of());
    }

    static Draft failed(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.SKIPPED
                ? new Draft(Outcome.SKIPPED.word(), verdict.reason(), null, false, List.of())
                : failed(verdict.reason());
    }

    boolean isFailed() {
        return act.equals(FAILED);
    }

    /** The same after the destination could not be looked at, and what is remembered had to do. */
    Draft unseen(@Nullable String why) {
        return new Draft(
                act,
                reason == null ? "compared with what Usher remembers, because of the destination: " + why : reason,
                remoteId,
                false,
                differences);
    }

    void keepOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static Draft of(Exchange exchange) {
        var draft = exchange.getProperty(PROPERTY, Draft.class);
        return draft == null ? failed("its route did not compare") : draft;
    }
}
