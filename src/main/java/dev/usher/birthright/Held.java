package dev.usher.birthright;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the directory shows of a user's groups and app roles now.
 *
 * @param grants of either kind, whoever gave them; empty for a kind that was not asked for
 * @param assignments the id by which each app role is taken away
 */
record Held(Set<Grant> grants, Map<Grant, String> assignments) {

    boolean has(Grant grant) {
        return grants.contains(grant);
    }

    /** This, and besides what the directory was asked for so lately that it may not show it yet. */
    Held and(Collection<Grant> notShownYet) {
        var all = new HashSet<>(grants);
        all.addAll(notShownYet);
        return new Held(all, assignments);
    }
}
