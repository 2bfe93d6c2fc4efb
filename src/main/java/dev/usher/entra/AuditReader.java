package dev.usher.entra;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of the audit log as a stream, keeping four texts of each record. Names of members are compared without
 * regard to case, members it does not know are passed over, and a record that lacks something is named and skipped: one
 * odd record never holds up the others.
 */
final class AuditReader {

    private final JsonFactory json = new JsonFactory();

    AuditPage read(InputStream body) throws IOException {
        try (var parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("Graph answered a page of the audit log that is no JSON object");
            }
            List<AuditRecord> records = new ArrayList<>();
            List<String> broken = new ArrayList<>();
            String nextLink = null;
            var complete = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var token = parser.nextToken();
                if (name.equals("value") && token == JsonToken.START_ARRAY) {
                    readRecords(parser, records, broken);
                    complete = true;
                } else if (name.equals("@odata.nextLink")) {
                    nextLink = text(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (!complete) {
                throw new IOException("Graph answered a page of the audit log without its member 'value'");
            }
            return new AuditPage(records, broken, nextLink);
        }
    }

    private static void readRecords(JsonParser parser, List<AuditRecord> records, List<String> broken)
            throws IOException {
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new IOException("Graph cut a page of the audit log short");
            }
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                broken.add("?");
                continue;
            }
            var draft = readRecord(parser);
            var complete = draft.complete();
            if (complete == null) {
                broken.add(draft.id == null ? "?" : draft.id);
            } else if (draft.succeeded()) {
                records.add(complete);
            }
        }
    }

    private static Draft readRecord(JsonParser parser) throws IOException {
        var draft = new Draft();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName().toLowerCase(Locale.ROOT);
            parser.nextToken();
            switch (name) {
                case "id" -> draft.id = text(parser);
                case "activitydisplayname" -> draft.activity = text(parser);
                case "activitydatetime" -> draft.at = text(parser);
                case "result" -> draft.result = text(parser);
                case "targetresources" -> draft.subject = readSubject(parser);
                default -> parser.skipChildren();
            }
        }
        return draft;
    }

    /** The id of the first target that is a user. */
    private static @Nullable String readSubject(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return null;
        }
        String subject = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                var user = readUser(parser);
                subject = subject == null ? user : subject;
            } else {
                parser.skipChildren();
            }
        }
        return subject;
    }

    private static @Nullable String readUser(JsonParser parser) throws IOException {
        String id = null;
        String type = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (name.equalsIgnoreCase("id")) {
                id = text(parser);
            } else if (name.equalsIgnoreCase("type")) {
                type = text(parser);
            } else {
                parser.skipChildren();
            }
        }
        return "User".equalsIgnoreCase(type) ? id : null;
    }

    /** The value if it is a text; anything else is passed over and null. */
    private static @Nullable String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    private static final class Draft {
        private @Nullable String id;
        private @Nullable String activity;
        private @Nullable String at;
        private @Nullable String result;
        private @Nullable String subject;

        boolean succeeded() {
            return "success".equalsIgnoreCase(result);
        }

        @Nullable
        AuditRecord complete() {
            var time = time(at);
            if (result == null
                    || id == null
                    || id.isBlank()
                    || id.length() > 200
                    || activity == null
                    || time == null
                    || subject == null
                    || subject.isBlank()) {
                return null;
            }
            return new AuditRecord(id, activity, time, subject);
        }

        private static @Nullable Instant time(@Nullable String text) {
            try {
                return text == null ? null : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                return null;
            }
        }
    }
}
