package dev.usher.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.watermark.EveryDatabase;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far change tracking was read, on every database. */
class ChangeLinksTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_795_000_000_123L);

    private ChangeLinks links;

    @BeforeEach
    void open(DataSource database) {
        links = new ChangeLinks(new JdbcTemplate(database));
    }

    @EveryDatabase
    void nothingWasReadYet() {
        assertThat(links.find("contacts")).isNull();
    }

    @EveryDatabase
    void theLastLinkIsTheOneThatCounts() {
        var longest = "https://" + "x".repeat(3_992);

        links.put("contacts", new ChangeLink("first", ChangeLink.Phase.SILENT, NOW, NOW));
        links.put("contacts", new ChangeLink(longest, ChangeLink.Phase.CHANGES, NOW, NOW.plusMillis(1)));
        links.put("others", new ChangeLink("other", ChangeLink.Phase.FULL, NOW, NOW));

        assertThat(links.find("contacts"))
                .isEqualTo(new ChangeLink(longest, ChangeLink.Phase.CHANGES, NOW, NOW.plusMillis(1)));
    }
}
