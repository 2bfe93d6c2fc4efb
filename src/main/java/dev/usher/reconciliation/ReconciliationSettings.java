package dev.usher.reconciliation;

import java.time.Duration;
import java.util.ArrayList;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the directory is reconciled: {@code usher.reconciliation}. When ({@code cron}, {@code page-cron}) and how many users
 * are compared at once ({@code parallel}) is read by the routes.
 *
 * @param pageSize users in one page of the list, 1 to 999
 * @param grace how long after a sign-up nobody is called missing, because the audit log may yet tell of it; and how long
 *     after an orphan was found they are looked at again, before they are taken as deleted
 * @param settle how long a report waits for the repairs before it is final
 * @param coverageHours how many hours the report tells one by one, 1 to 720; older ones are one line
 * @param keep how long reports are kept, longer than nothing
 */
@ConfigurationProperties("usher.reconciliation")
record ReconciliationSettings(
        @DefaultValue("999") int pageSize,
        @DefaultValue("15m") Duration grace,
        @DefaultValue("30m") Duration settle,
        @DefaultValue("48") int coverageHours,
        @DefaultValue("90d") Duration keep) {

    ReconciliationSettings {
        var faults = new ArrayList<String>();
        if (pageSize < 1 || pageSize > 999) {
            faults.add("page-size is " + pageSize + ": it must be 1 to 999");
        }
        if (coverageHours < 1 || coverageHours > 720) {
            faults.add("coverage-hours is " + coverageHours + ": it must be 1 to 720");
        }
        if (grace.isNegative()) {
            faults.add("grace is " + grace + ": it must be 0s or longer");
        }
        if (settle.isNegative()) {
            faults.add("settle is " + settle + ": it must be 0s or longer");
        }
        if (keep.isNegative() || keep.isZero()) {
            faults.add("keep is " + keep + ": it must be longer than 0s");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "usher.reconciliation." + String.join("\nusher.reconciliation.", faults));
        }
    }
}
