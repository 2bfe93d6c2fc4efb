package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param name the logical name
 * @param largest length of a text in characters; 0 for other types
 * @param table set name of the table a lookup leads to; empty for other types
 */
record Column(String name, Type type, int largest, String table) {
    /** What a column holds. Nobody writes a {@code SYSTEM} column; a {@code LOOKUP} is written by {@code @odata.bind} only. */
    enum Type {
        TEXT,
        BOOL,
        INT,
        MONEY,
        DATE,
        DATETIME,
        CHOICE,
        ID,
        LOOKUP,
        SYSTEM
    }

    /** The member under which the Web API shows and filters it. */
    String shown() {
        return type == Type.LOOKUP ? "_" + name + "_value" : name;
    }

    /** What Dataverse would say against a value; null when it may be written. */
    @Nullable
    String refusal(JsonNode value) {
        if (type == Type.SYSTEM || type == Type.LOOKUP) {
            return "The property '" + shown() + "' cannot be written.";
        }
        if (value.isNull()) {
            return null;
        }
        if (!fits(value)) {
            return "Cannot convert the literal '" + value.asText() + "' to the expected type of '" + name + "', "
                    + edmType() + ".";
        }
        return type == Type.TEXT && value.textValue().length() > largest
                ? "A validation error occurred. The length of the '" + name
                        + "' attribute exceeded the maximum allowed length of '" + largest + "'."
                : null;
    }

    private boolean fits(JsonNode value) {
        return switch (type) {
            case TEXT -> value.isTextual();
            case BOOL -> value.isBoolean();
            case INT, CHOICE -> value.isIntegralNumber() && value.canConvertToInt();
            case MONEY -> value.isNumber();
            case ID -> value.isTextual() && Table.isId(value.textValue());
            case DATE -> value.isTextual() && value.textValue().matches("\\d{4}-\\d\\d-\\d\\d");
            case DATETIME -> value.isTextual() && isInstant(value.textValue());
            case LOOKUP, SYSTEM -> false;
        };
    }

    private static boolean isInstant(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private String edmType() {
        return switch (type) {
            case TEXT -> "Edm.String";
            case BOOL -> "Edm.Boolean";
            case INT, CHOICE -> "Edm.Int32";
            case MONEY -> "Edm.Decimal";
            case DATE -> "Edm.Date";
            case DATETIME -> "Edm.DateTimeOffset";
            case ID, LOOKUP, SYSTEM -> "Edm.Guid";
        };
    }
}
