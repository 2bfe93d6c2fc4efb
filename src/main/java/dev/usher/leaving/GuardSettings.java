package dev.usher.leaving;

import java.time.Duration;
import java.util.ArrayList;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many users may be disabled or deleted at once: {@code usher.leaving.guard}. The rest is held when more than the
 * share, and at least so many, left within the window.
 *
 * @param share of all users, above 0 and up to 1; 1 switches the guard off; default 0.1
 * @param least users, at least 1; fewer never hold anything; default 10
 * @param window sliding, longer than zero; default 10 minutes
 */
@ConfigurationProperties("usher.leaving.guard")
record GuardSettings(
        @DefaultValue("0.1") double share,
        @DefaultValue("10") int least,
        @DefaultValue("10m") Duration window) {

    GuardSettings {
        var faults = new ArrayList<String>();
        if (!(share > 0 && share <= 1)) {
            faults.add("usher.leaving.guard.share is " + share + ": it must be above 0 and at most 1");
        }
        if (least < 1) {
            faults.add("usher.leaving.guard.least is " + least + ": it must be at least 1");
        }
        if (window.isNegative() || window.isZero()) {
            faults.add("usher.leaving.guard.window is " + window + ": it must be longer than 0s");
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** How many of so many users may leave within the window before the next is held. */
    long mayLeave(long users) {
        return share == 1 ? Long.MAX_VALUE : Math.max(least - 1L, (long) Math.floor(share * users));
    }
}
