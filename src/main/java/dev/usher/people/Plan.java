package dev.usher.people;

import dev.usher.delivery.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be written of one person. It holds values of the person: show it to an operator, never store or log it.
 *
 * @param subject the object id
 * @param text in words, for the person as a whole
 * @param destinations by name; empty when the directory has no such person
 */
public record Plan(String subject, String text, List<Line> destinations) {

    /**
     * What would become of one destination.
     *
     * @param destination its folder name
     * @param sent whether the rules send the person there
     * @param rule the rule that sends them, or says no
     * @param act {@code create}, {@code update}, {@code archive}, {@code delete}, {@code confirm}, {@code unchanged}, {@code
     *     skipped}, or {@code failed} when it cannot be foreseen
     * @param text the same in words
     * @param remoteId its own id of the person; null when none is known
     * @param looked whether it was asked what it holds; else what Usher remembers was compared
     * @param differences what would be written, field by field
     */
    public record Line(
            String destination,
            String title,
            boolean sent,
            String rule,
            String act,
            String text,
            @Nullable String remoteId,
            boolean looked,
            List<Difference> differences) {}
}
