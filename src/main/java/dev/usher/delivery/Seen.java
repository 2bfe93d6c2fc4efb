package dev.usher.delivery;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether what a destination holds is what is wanted. */
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

    private static boolean contains(JsonNode seen, JsonNode wanted) {
        for (var element : seen) {
            if (holds(element, wanted)) {
                return true;
            }
        }
        return false;
    }
}
