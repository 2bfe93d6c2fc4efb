package dev.usher.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a route.
 *
 * @param kind its key, such as {@code choice}
 * @param body what stands under the key
 * @param parent the step it stands in; null at the top
 */
record Step(String kind, Tree body, int line, @Nullable Step parent) {

    /** Every step below, also those in branches, in the order of the file. */
    static List<Step> in(Tree tree) {
        var steps = new ArrayList<Step>();
        gather(tree, null, steps);
        return steps;
    }

    boolean isInside(String otherKind) {
        for (Step above = parent; above != null; above = above.parent) {
            if (above.kind.equals(otherKind)) {
                return true;
            }
        }
        return false;
    }

    private static void gather(Tree tree, @Nullable Step parent, List<Step> steps) {
        tree.fields().forEach((key, value) -> {
            if (!key.equals("steps")) {
                gather(value, parent, steps);
                return;
            }
            for (Tree item : value.items()) {
                item.fields().forEach((kind, body) -> {
                    var step = new Step(kind, body, item.lineOf(kind), parent);
                    steps.add(step);
                    gather(body, step, steps);
                });
            }
        });
        tree.items().forEach(item -> gather(item, parent, steps));
    }
}
