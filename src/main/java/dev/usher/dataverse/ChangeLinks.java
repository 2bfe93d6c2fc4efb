package dev.usher.dataverse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Stores how far change tracking was read. One node at a time writes: the one whose timer fired. */
@Component
final class ChangeLinks {

    private final JdbcTemplate jdbc;

    ChangeLinks(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Null before the first page was read. */
    @Nullable
    ChangeLink find(String source) {
        return jdbc
                .query(
                        "select * from change_link where source = ?",
                        (row, number) -> new ChangeLink(
                                row.getString("link"),
                                ChangeLink.Phase.valueOf(row.getString("phase")),
                                Instant.ofEpochMilli(row.getLong("begun_at")),
                                Instant.ofEpochMilli(row.getLong("read_at"))),
                        source)
                .stream()
                .findFirst()
                .orElse(null);
    }

    void put(String source, ChangeLink link) {
        var values = new Object[] {
            link.link(),
            link.phase().name(),
            link.begunAt().toEpochMilli(),
            link.readAt().toEpochMilli(),
            source
        };
        if (jdbc.update(
                        "update change_link set link = ?, phase = ?, begun_at = ?, read_at = ? where source = ?",
                        values)
                == 0) {
            jdbc.update(
                    "insert into change_link (link, phase, begun_at, read_at, source) values (?, ?, ?, ?, ?)", values);
        }
    }
}
