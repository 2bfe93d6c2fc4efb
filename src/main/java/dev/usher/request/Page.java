package dev.usher.request;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a long list, read by key: its cost does not grow with what was read before.
 *
 * @param next the cursor of the page that follows, for {@code ?before=}; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** As many as a page has when nobody says. */
    public static final int USUAL = 50;

    /** As many as a page can have. */
    public static final int MOST = 200;

    /**
     * Makes a page of what was read with a limit of one more than wanted.
     *
     * @param limit of the page, 1 to {@link #MOST}
     * @param cursor what {@code ?before=} must be to go on behind an item
     */
    public static <T> Page<T> of(List<T> read, int limit, Function<T, String> cursor) {
        if (read.size() <= limit) {
            return new Page<>(List.copyOf(read), null);
        }
        return new Page<>(List.copyOf(read.subList(0, limit)), cursor.apply(read.get(limit - 1)));
    }

    /**
     * The limit somebody asked for.
     *
     * @param asked null for {@link #USUAL}
     * @throws RequestProblem when it is out of range
     */
    public static int limit(@Nullable Integer asked) {
        int limit = asked == null ? USUAL : asked;
        if (limit < 1 || limit > MOST) {
            throw RequestProblem.wrong("limit is " + limit + ": send 1 to " + MOST);
        }
        return limit;
    }
}
