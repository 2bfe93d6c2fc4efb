package dev.usher.birthright;

import java.util.Map;
import java.util.Set;

/**
 * What the directory shows of a user's groups and app roles now.
 *
 * @param grants of either kind, whoever gave them; empty for a kind that was not asked for
 * @param assignments the id by which each app role is taken away
 */
record Held(Set<Grant> grants, Map<Grant, String> assignments) {}
