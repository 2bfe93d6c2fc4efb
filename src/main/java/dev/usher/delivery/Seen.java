package dev.usher.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether what a destination holds is what is wanted, and where it is not. */
final class Seen {

    private Seen() {}

    /**
     * Of objects only the wanted members count, of arrays only the wanted elements, in any order; a member that is not
     * there is the same as null. What the destination holds besides belongs to others.
     */
    static boolean holds(JsonNode seen, JsonNode wanted) {
        if (wanted.isObject()) {
            return seen.isObject()
                    && wanted.properties().stream()
                            .allMatch(member -> holds(seen.path(member.getKey()), member.getValue()));
        }
        if (wanted.isArray()) {
            for (var element : wanted) {
                if (!contains(seen, element)) {
                    return false;
                }
            }
            return seen.isArray();
        }
        if (wanted.isNull()) {
            return seen.isNull() || seen.isMissingNode();
        }
        return seen.isNumber() && wanted.isNumber()
                ? seen.decimalValue().compareTo(wanted.decimalValue()) == 0
                : seen.equals(wanted);
    }

    /**
     * The fields in which they differ, in the order of the mapping.
     *
     * @param seen null when the destination was not looked at, or holds nothing: then every field differs
     */
    static List<Difference> differences(@Nullable JsonNode seen, JsonNode wanted) {
        var found = new ArrayList<Difference>();
        collect("", seen == null ? MissingNode.getInstance() : seen, wanted, seen == null, found);
        return found;
    }

    private static void collect(String field, JsonNode seen, JsonNode wanted, boolean unseen, List<Difference> found) {
        if (wanted.isObject()) {
            wanted.properties()
                    .forEach(member -> collect(
                            field.isEmpty() ? member.getKey() : field + '.' + member.getKey(),
                            seen.path(member.getKey()),
                            member.getValue(),
                            unseen,
                            found));
        } else if (unseen || !holds(seen, wanted)) {
            found.add(new Difference(field, text(seen), text(wanted)));
        }
    }

    private static @Nullable String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.isValueNode() ? value.asText() : value.toString();
    }

    private static boolean contains(JsonNode seen, JsonNode wanted) {
        for (var element : seen) {
            if (holds(element, wanted)) {
                return true;
            }
        }
        return false;
    }
}
