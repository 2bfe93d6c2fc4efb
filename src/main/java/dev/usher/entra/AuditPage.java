package dev.usher.entra;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the audit log.
 *
 * @param records of activities that succeeded, in the order of the page
 * @param broken ids of records that could not be read ({@code ?} for one without an id); they are skipped
 * @param nextLink where the next page is; null after the last
 */
record AuditPage(
        List<AuditRecord> records,
        List<String> broken,
        @Nullable String nextLink) {}
