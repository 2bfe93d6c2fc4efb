package dev.usher.sandbox.dataverse;

import dev.usher.sandbox.dataverse.Column.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a table is: its names and its columns.
 *
 * @param name logical name, such as {@code contact}
 * @param set name in the Web API, such as {@code contacts}
 * @param columns by the member under which the Web API shows them
 * @param indexed members by which rows are found quickly
 * @param needed members a new row must have
 */
record Table(String name, String set, Map<String, Column> columns, List<String> indexed, List<String> needed) {
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String ALL_HAVE = """
            createdon system
            modifiedon system
            _createdby_value system
            _modifiedby_value system
            versionnumber system
            statecode choice
            statuscode choice
            """;

    /**
     * A table of columns written one a line: name, type, and the length of a text or the set a lookup leads to. Its first column is the
     * primary key.
     */
    static Table of(String name, String set, List<String> indexed, List<String> needed, String columns) {
        Map<String, Column> all = new LinkedHashMap<>();
        ((name + "id id\n") + columns + ALL_HAVE).lines().forEach(line -> {
            String[] word = line.strip().split(" ");
            Type type = Type.valueOf(word[1].toUpperCase(Locale.ROOT));
            int largest = type == Type.TEXT ? Integer.parseInt(word[2]) : 0;
            Column column = new Column(word[0], type, largest, type == Type.LOOKUP ? word[2] : "");
            all.put(column.shown(), column);
        });
        return new Table(name, set, all, indexed, needed);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The member that holds the primary key. */
    String key() {
        return name + "id";
    }

    /** The lookup that a navigation property follows, such as {@code adx_contactid}. */
    Optional<Column> lookup(String navigation) {
        return Optional.ofNullable(columns.get("_" + navigation + "_value"))
                .filter(column -> column.type() == Type.LOOKUP);
    }
}
