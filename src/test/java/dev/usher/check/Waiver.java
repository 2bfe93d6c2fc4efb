package dev.usher.check;

import java.util.ArrayList;
import java.util.List;

/**
 * A finding that is let pass.
 *
 * @param file the file of the finding
 * @param about words from the finding's message
 * @param reason why it may stay
 */
record Waiver(String file, String about, String reason) {

    /** What remains after the waivers; a waiver that nothing needs any more is a finding itself. */
    static List<Finding> apply(List<Waiver> waivers, List<Finding> findings) {
        var left = new ArrayList<>(findings);
        for (Waiver waiver : waivers) {
            boolean needed = left.removeIf(finding ->
                    finding.file().equals(waiver.file) && finding.message().contains(waiver.about));
            if (!needed) {
                left.add(new Finding(
                        waiver.file, 0, "nothing needs the waiver '" + waiver.about + "'", "remove the waiver"));
            }
        }
        return List.copyOf(left);
    }
}
