package dev.usher.people;

import dev.usher.request.RequestProblem;
import java.util.Locale;
import java.util.regex.Pattern;

/** The directory's ids of users. */
final class ObjectId {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private ObjectId() {}

    /** Whether the text has the form of an object id, as {@link #normal} gives it. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** The id as the directory writes it. @throws RequestProblem when it is none; an id of something else is not noticed */
    static String of(String text) {
        var id = normal(text);
        if (!isOne(id)) {
            throw RequestProblem.wrong(
                    "this is no object id: give one such as 0f8fad5b-d9cb-469f-a165-70867728950e, which the search finds");
        }
        return id;
    }

    /** An id in small letters where it is one of the directory or of Dataverse; anything else as it is. */
    static String normal(String text) {
        var small = text.strip().toLowerCase(Locale.ROOT);
        return isOne(small) ? small : text.strip();
    }
}
