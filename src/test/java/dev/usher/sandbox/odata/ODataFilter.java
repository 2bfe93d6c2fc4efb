package dev.usher.sandbox.odata;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of OData's $filter language that the simulated collections take: comparisons, startswith, any, and, or, parentheses, and
 * Dataverse's {@code Microsoft.Dynamics.CRM.In}. Which property goes with which operator is each collection's to say.
 */
public final class ODataFilter {
    private static final String IN = "Microsoft.Dynamics.CRM.In";
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:([(\\[])|([)\\]])|([,=])|'((?:[^']|'')*)'|([A-Za-z0-9_./@:+$-]+(?:\\([a-z]:)?))");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final List<String> tokens = new ArrayList<>();
    private final Operators operators;
    private int next;

    private ODataFilter(String text, Operators operators) {
        this.operators = operators;
        Matcher token = TOKEN.matcher(text);
        int from = 0;
        while (from < text.length() && !text.substring(from).isBlank()) {
            if (!token.find(from) || token.start() != from) {
                throw new IllegalArgumentException("Invalid filter clause");
            }
            tokens.add(
                    token.group(4) != null
                            ? "'" + token.group(4).replace("''", "'")
                            : token.group().trim());
            from = token.end();
        }
    }

    /** Says whether a property may be compared with an operator; a comparison with null is asked for as {@code eq null}. */
    public interface Operators {
        boolean allow(String property, String operator);
    }

    /** A parsed condition. */
    public sealed interface Condition {
        /** @param values the value of a property of the item: null, text, Boolean, Instant, or a list of functions for any */
        boolean holds(Function<String, @Nullable Object> values);

        /** Earliest instant of this property that can hold; null when there is none. */
        default @Nullable Instant earliest(String property) {
            return null;
        }

        /** Texts of which this property must have one, for an index to look up; null when it may have any. */
        default @Nullable List<String> oneOf(String property) {
            return null;
        }
    }

    record Both(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Function<String, @Nullable Object> values) {
            return left.holds(values) && right.holds(values);
        }

        @Override
        public @Nullable Instant earliest(String property) {
            Instant one = left.earliest(property);
            Instant other = right.earliest(property);
            return one == null || (other != null && other.isAfter(one)) ? other : one;
        }

        @Override
        public @Nullable List<String> oneOf(String property) {
            List<String> one = left.oneOf(property);
            return one == null ? right.oneOf(property) : one;
        }
    }

    record Either(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Function<String, @Nullable Object> values) {
            return left.holds(values) || right.holds(values);
        }

        @Override
        public @Nullable List<String> oneOf(String property) {
            List<String> one = left.oneOf(property);
            List<String> other = right.oneOf(property);
            return one == null || other == null
                    ? null
                    : Stream.concat(one.stream(), other.stream()).toList();
        }
    }

    record Comparison(
            String property, String operator, @Nullable Object wanted) implements Condition {
        @Override
        public boolean holds(Function<String, @Nullable Object> values) {
            Object value = values.apply(property);
            if (value == null || wanted == null) {
                return operator.equals("ne") == (value != null || wanted != null);
            }
            if (value instanceof Instant instant && wanted instanceof Instant other) {
                int order = instant.compareTo(other);
                return switch (operator) {
                    case "ge" -> order >= 0;
                    case "gt" -> order > 0;
                    case "le" -> order <= 0;
                    case "lt" -> order < 0;
                    case "ne" -> order != 0;
                    default -> order == 0;
                };
            }
            String text = value.toString().toLowerCase(Locale.ROOT);
            String other = wanted.toString().toLowerCase(Locale.ROOT);
            return switch (operator) {
                case "startswith" -> text.startsWith(other);
                case "ne" -> !text.equals(other);
                default -> text.equals(other);
            };
        }

        @Override
        public @Nullable List<String> oneOf(String asked) {
            return asked.equals(property) && operator.equals("eq") && wanted != null
                    ? List.of(wanted.toString())
                    : null;
        }

        @Override
        public @Nullable Instant earliest(String asked) {
            boolean bound = asked.equals(property) && !operator.startsWith("l");
            return bound && wanted instanceof Instant instant ? instant : null;
        }
    }

    record In(String property, List<String> wanted) implements Condition {
        @Override
        public boolean holds(Function<String, @Nullable Object> values) {
            Object value = values.apply(property);
            return value != null && wanted.stream().anyMatch(value.toString()::equalsIgnoreCase);
        }

        @Override
        public @Nullable List<String> oneOf(String asked) {
            return asked.equals(property) ? wanted : null;
        }
    }

    record Any(String property, Condition inside) implements Condition {
        @Override
        @SuppressWarnings("unchecked")
        public boolean holds(Function<String, @Nullable Object> values) {
            Object items = values.apply(property);
            return items instanceof List<?> list
                    && list.stream().anyMatch(item -> inside.holds((Function<String, @Nullable Object>) item));
        }
    }

    /** @throws IllegalArgumentException with Graph's words when it cannot be understood or is not allowed */
    public static Condition parse(String text, Operators operators) {
        ODataFilter filter = new ODataFilter(text, operators);
        Condition condition = filter.either();
        if (filter.next < filter.tokens.size()) {
            throw new IllegalArgumentException("Invalid filter clause");
        }
        return condition;
    }

    private Condition either() {
        Condition left = both();
        while (peek("or")) {
            next++;
            left = new Either(left, both());
        }
        return left;
    }

    private Condition both() {
        Condition left = single();
        while (peek("and")) {
            next++;
            left = new Both(left, single());
        }
        return left;
    }

    private Condition single() {
        String token = take();
        if (token.equals("(")) {
            Condition inside = either();
            expect(")");
            return inside;
        }
        if (token.equalsIgnoreCase("startswith")) {
            expect("(");
            String property = take();
            expect(",");
            Object wanted = literal(take());
            expect(")");
            return compared(property, "startswith", wanted);
        }
        if (token.equals(IN)) {
            return in();
        }
        int any = token.indexOf("/any(");
        if (any > 0) {
            return any(token.substring(0, any), token.substring(any + "/any(".length(), token.length() - 1));
        }
        return compared(token, take().toLowerCase(Locale.ROOT), literal(take()));
    }

    private Condition any(String property, String variable) {
        String first = tokens.get(next);
        Condition inside;
        if (!first.startsWith(variable + "/")) {
            throw new IllegalArgumentException("Invalid filter clause");
        }
        prefix = variable + "/";
        collection = property;
        inside = either();
        prefix = "";
        collection = "";
        expect(")");
        return new Any(property, inside);
    }

    private Condition in() {
        expect("(");
        expect("PropertyName");
        expect("=");
        String property = take().substring(1);
        expect(",");
        expect("PropertyValues");
        expect("=");
        expect("[");
        List<String> wanted = new ArrayList<>();
        do {
            wanted.add(String.valueOf(literal(take())));
        } while (!take().equals("]"));
        expect(")");
        if (!operators.allow(property, "in")) {
            throw unsupported(property);
        }
        return new In(property, List.copyOf(wanted));
    }

    private String prefix = "";
    private String collection = "";

    private Condition compared(String property, String operator, @Nullable Object wanted) {
        String name = property.startsWith(prefix) ? property.substring(prefix.length()) : property;
        String full = collection.isEmpty() ? name : collection + "/" + name;
        if (!operators.allow(full, wanted == null ? operator + " null" : operator)) {
            throw unsupported(full);
        }
        return new Comparison(name, operator, wanted);
    }

    private static IllegalArgumentException unsupported(String property) {
        return new IllegalArgumentException(
                "Unsupported or invalid query filter clause specified for property '" + property + "' of resource.");
    }

    private static @Nullable Object literal(String token) {
        if (token.startsWith("'")) {
            return token.substring(1);
        }
        if (token.equals("true") || token.equals("false")) {
            return Boolean.valueOf(token);
        }
        if (token.equals("null")) {
            return null;
        }
        if (token.matches("-?\\d+(\\.\\d+)?") || GUID.matcher(token).matches()) {
            return token;
        }
        try {
            return OffsetDateTime.parse(token).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Invalid filter clause: '" + token + "' is no literal.");
        }
    }

    private boolean peek(String word) {
        return next < tokens.size() && tokens.get(next).equalsIgnoreCase(word);
    }

    private String take() {
        if (next >= tokens.size()) {
            throw new IllegalArgumentException("Invalid filter clause");
        }
        return tokens.get(next++);
    }

    private void expect(String token) {
        if (!take().equals(token)) {
            throw new IllegalArgumentException("Invalid filter clause");
        }
    }
}
