package dev.usher.entra;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a stretch of the audit log, page by page.
 *
 * @param reach which stretch
 * @param query what was asked
 * @param began when the reading began
 * @param nextLink where its next page is; null before the first page
 */
record Sweep(
        Reach reach,
        AuditQuery query,
        Instant began,
        @Nullable String nextLink) {

    enum Reach {
        /** From shortly before the newest record to the end of the log. */
        HEAD,
        /** The rest of the short overlap, before the head. */
        SHALLOW,
        /** The deep overlap, before the head. */
        DEEP
    }

    Sweep at(@Nullable String link) {
        return new Sweep(reach, query, began, link);
    }
}
