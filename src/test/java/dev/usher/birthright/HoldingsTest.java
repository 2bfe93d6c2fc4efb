package dev.usher.birthright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.watermark.EveryDatabase;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What is remembered of birthrights, on every database. */
class HoldingsTest {

    private final String ada = UUID.randomUUID().toString();
    private final Grant group = Grant.group(UUID.randomUUID().toString());
    private final Grant role =
            Grant.appRole(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    private Holdings holdings;

    @BeforeEach
    void open(DataSource database) {
        holdings = new Holdings(new JdbcTemplate(database), new DataSourceTransactionManager(database));
    }

    private Holding asked(Grant grant) {
        return new Holding(ada, grant, null, 7, null);
    }

    @EveryDatabase
    void nothingIsHeldByDefault() {
        assertThat(holdings.of(ada)).isEmpty();
    }

    @EveryDatabase
    void whatWasAskedForIsFoundAsAsked() {
        holdings.write(List.of(asked(group), asked(role)), List.of());

        assertThat(holdings.of(ada)).containsExactlyInAnyOrder(asked(group), asked(role));
        assertThat(holdings.of("somebody else")).isEmpty();
    }

    @EveryDatabase
    void whatIsConfirmedReplacesWhatWasAsked() {
        holdings.write(List.of(asked(group), asked(role)), List.of());
        var confirmed = asked(role).confirmed("assignment", 9);

        holdings.write(List.of(confirmed), List.of(asked(group)));

        assertThat(holdings.of(ada)).containsExactly(confirmed);
    }

    @EveryDatabase
    void forgettingTwiceIsForgettingOnce() {
        holdings.write(List.of(asked(group)), List.of());

        holdings.write(List.of(), List.of(asked(group)));
        holdings.write(List.of(), List.of(asked(group)));

        assertThat(holdings.of(ada)).isEmpty();
    }
}
