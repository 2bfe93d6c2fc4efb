package dev.usher.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a list that is read page by page, as one opaque word: the values by which the list is ordered. */
public final class Cursor {

    private static final String BETWEEN = "\n";

    private Cursor() {}

    /** The word for the place behind the item that has these values; none may hold a line break. */
    public static String of(Object... values) {
        var text = String.join(
                BETWEEN, List.of(values).stream().map(String::valueOf).toList());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The values of a word that {@link #of} made.
     *
     * @param before null or blank for the first page
     * @param values how many there must be
     * @return the values; empty for the first page
     * @throws RequestProblem when it is no such word
     */
    public static List<String> values(@Nullable String before, int values) {
        if (before == null || before.isBlank()) {
            return List.of();
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(before), StandardCharsets.UTF_8);
            var parts = List.of(text.split(BETWEEN, -1));
            if (parts.size() == values) {
                return parts;
            }
        } catch (IllegalArgumentException e) {
            // told below, as any other word that is no cursor
        }
        throw wrong();
    }

    /** A value that must be a number. */
    public static long number(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw wrong();
        }
    }

    private static RequestProblem wrong() {
        return RequestProblem.wrong("before is no cursor: send what \"next\" of the page before said, or leave it out");
    }
}
