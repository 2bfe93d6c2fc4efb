package dev.usher.sandbox.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Called by H2 for every row that changes; writes it down in the same transaction, so that what is rolled back was never there. */
public final class RowTrigger implements Trigger {
    private static final List<String> COLUMNS = List.of(
            "object_id",
            "email",
            "given_name",
            "family_name",
            "display_name",
            "customer_type",
            "marketing_consent",
            "state",
            "version");

    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after) throws SQLException {
        String method = before == null ? "INSERT" : after == null ? "DELETE" : "UPDATE";
        Object[] row = after == null ? Objects.requireNonNull(before) : after;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into sandbox.row_changes(method, object_id, body) values (?, ?, ?)")) {
            insert.setString(1, method);
            insert.setString(2, String.valueOf(row[0]));
            insert.setString(3, after == null ? null : new String(Json.bytes(json(after)), StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
    }

    private static ObjectNode json(Object[] row) {
        ObjectNode json = Json.object();
        for (int i = 0; i < COLUMNS.size(); i++) {
            json.putPOJO(COLUMNS.get(i), row[i]);
        }
        return json;
    }
}
