package dev.usher.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.regex.Pattern;

/**
 * Whether something is as expected, where only what is named counts: an object may have more members; the items of a list
 * may be in any order; a text between slashes is a regular expression; null means absent or null.
 */
final class Match {

    private Match() {}

    static boolean fits(JsonNode expected, JsonNode actual) {
        if (expected.isNull()) {
            return actual.isNull() || actual.isMissingNode();
        }
        if (expected.isObject()) {
            return actual.isObject()
                    && expected.properties().stream()
                            .allMatch(member -> fits(member.getValue(), actual.path(member.getKey())));
        }
        if (expected.isArray()) {
            return actual.isArray() && expected.size() == actual.size() && eachFits(expected, actual);
        }
        if (actual.isContainerNode() || actual.isMissingNode()) {
            return false;
        }
        var wanted = expected.asText();
        if (wanted.length() > 1 && wanted.startsWith("/") && wanted.endsWith("/")) {
            return Pattern.compile(wanted.substring(1, wanted.length() - 1), Pattern.DOTALL)
                    .matcher(actual.asText())
                    .find();
        }
        return wanted.equals(actual.asText());
    }

    private static boolean eachFits(JsonNode expected, JsonNode actual) {
        var left = new ArrayList<JsonNode>();
        actual.forEach(left::add);
        for (var one : expected) {
            var hit = left.stream().filter(candidate -> fits(one, candidate)).findFirst();
            if (hit.isEmpty()) {
                return false;
            }
            left.remove(hit.get());
        }
        return true;
    }
}
