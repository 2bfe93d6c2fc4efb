package dev.usher.sandbox.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stripe's search language, as far as customers need it: {@code metadata['k']:'v'}, {@code email:'x'}, {@code name~'x'}, joined by AND. */
final class SearchQuery {
    private static final Pattern CLAUSE = Pattern.compile(
            "\\s*(email|name|phone|metadata\\[(['\"])([^'\"]+)\\2])\\s*([:~])\\s*(['\"])((?:\\\\.|(?!\\5).)*)\\5\\s*");
    private static final Pattern AND = Pattern.compile("AND\\s", Pattern.CASE_INSENSITIVE);

    private SearchQuery() {}

    /** @throws IllegalArgumentException when Stripe would not understand it either */
    static Predicate<ObjectNode> parse(String query) {
        Matcher clause = CLAUSE.matcher(query);
        Predicate<ObjectNode> all = customer -> true;
        int from = 0;
        while (true) {
            if (!clause.find(from) || clause.start() != from) {
                throw new IllegalArgumentException("We were unable to parse your search query.");
            }
            all = all.and(matching(clause));
            from = clause.end();
            if (from == query.length()) {
                return all;
            }
            Matcher and = AND.matcher(query).region(from, query.length());
            if (!and.lookingAt()) {
                throw new IllegalArgumentException("We were unable to parse your search query.");
            }
            from = and.end();
        }
    }

    private static Predicate<ObjectNode> matching(Matcher clause) {
        String field = clause.group(1);
        String key = clause.group(3);
        boolean exact = clause.group(4).equals(":");
        String wanted = clause.group(6).replaceAll("\\\\(.)", "$1").toLowerCase(Locale.ROOT);
        return customer -> {
            JsonNode value = key == null
                    ? customer.path(field)
                    : customer.path("metadata").path(key);
            String held = value.asText("").toLowerCase(Locale.ROOT);
            return value.isTextual() && (exact ? held.equals(wanted) : held.contains(wanted));
        };
    }
}
