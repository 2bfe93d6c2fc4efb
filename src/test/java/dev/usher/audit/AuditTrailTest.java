package dev.usher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.Logged;
import dev.usher.TestClock;
import dev.usher.watermark.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class AuditTrailTest {

    @Test
    void whoDidItStandsInTheTrailAndInNoLog() throws Exception {
        try (var database = TestDatabase.h2();
                var log = new Logged(AuditTrail.class)) {
            var trail = new AuditTrail(new JdbcTemplate(database.dataSource()), new TestClock());

            trail.record("ada@operators.test", "replay", "dead letter 7", null);

            assertThat(trail.list(null, null).items())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.by()).isEqualTo("ada@operators.test"));
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("replay", "dead letter 7")
                    .doesNotContain("ada");
        }
    }
}
