package dev.usher.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.TestClock;
import dev.usher.watermark.EveryDatabase;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.springframework.jdbc.core.JdbcTemplate;

/** The notes of users whose contact was not read, on every database. */
class UnreadContactsTest {

    private final TestClock clock = new TestClock();

    private static DefaultExchange user(String id) {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(JsonNodeFactory.instance.objectNode().put("id", id));
        return exchange;
    }

    @EveryDatabase
    void aSecondNoteRenewsTheFirst(DataSource database) {
        var jdbc = new JdbcTemplate(database);
        var unread = new UnreadContacts(jdbc, null, null, clock);

        unread.note(user("ada"));
        unread.note(user("bob"));
        clock.advance(Duration.ofSeconds(1));
        unread.note(user("ada"));

        assertThat(unread.count()).isEqualTo(2);
        assertThat(jdbc.queryForList("select subject from unread_contact order by noted_at", String.class))
                .containsExactly("bob", "ada");
    }
}
