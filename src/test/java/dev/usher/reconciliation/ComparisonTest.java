package dev.usher.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.destination.Destinations;
import dev.usher.destination.TestDestinations;
import dev.usher.projection.Known;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.Projection.State;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found of one user, from what is remembered. Only the destination sql is switched on. */
class ComparisonTest {

    private static final String ADA = "11111111-2222-4333-8444-555555555555";
    private static final Known NOBODY = new Known(null, Map.of());

    private final Destinations destinations = TestDestinations.ofProject(Map.of(
            "usher.destinations.sql.enabled", "true",
            "usher.destinations.sql.data-source.url", "jdbc:none",
            "usher.destinations.sql.statement", "upsert-customer.h2.sql",
            "usher.destinations.sql.consumers", "1",
            "usher.destinations.sql.calls", "1",
            "usher.destinations.sql.per", "1"));
    private final String mapping = destinations.get("sql").mapping();

    private Known known(String personHash, Projection projection) {
        return new Known(
                new Person(ADA, 1, personHash, null, false, false),
                projection == null ? Map.of() : Map.of("sql", projection));
    }

    private Projection projection(State state, String remoteId, String userHash, String mappingVersion) {
        return new Projection(ADA, "sql", state, remoteId, "c", userHash, mappingVersion, 1, null, null, null);
    }

    private Finding finding(Known known, Set<String> parked, boolean young, String variable) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable(variable, "a rule");
        return new Comparison(destinations, null).of(exchange, ADA, Instant.EPOCH, known, "now", parked, young);
    }

    @ParameterizedTest(name = "{0} {1} made of {2} by {3}, person {4}: behind {5}, {6}")
    @CsvSource(
            nullValues = "-",
            value = {
                "CURRENT,r,now,same,now,false,''",
                "SKIPPED,-,now,same,now,false,''",
                "CURRENT,r,now,other,now,true,drifted:sql",
                "CURRENT,r,before,same,now,true,drifted:sql",
                "CURRENT,r,now,same,before,true,''",
                "SKIPPED,-,now,other,now,true,missing:sql",
                "PARKED,r,-,same,now,true,drifted:sql",
                "PARKED,-,-,same,now,true,missing:sql",
                "CLAIMED,-,-,same,now,true,missing:sql",
            })
    void whatIsRememberedDecides(
            State state, String remoteId, String userHash, String by, String person, boolean behind, String found) {
        var known = known(person, projection(state, remoteId, userHash, by.equals("same") ? mapping : "m"));

        var finding = finding(known, Set.of(), false, "send-sql");

        assertThat(finding.behind()).isEqualTo(behind);
        assertThat(finding.found()).isEqualTo(found);
        assertThat(finding.wanted()).isEqualTo("|sql:a rule|");
    }

    @Test
    void anOpenDeadLetterIsParkedAndNotMissing() {
        assertThat(finding(known("now", null), Set.of("sql"), false, "send-sql").found())
                .isEqualTo("parked:sql");
        assertThat(finding(NOBODY, Set.of("router"), false, "send-sql").found()).isEqualTo("unheard parked:sql");
        assertThat(finding(known("now", null), Set.of("stripe"), false, "send-sql")
                        .found())
                .isEqualTo("missing:sql");
    }

    @Test
    void whoJustSignedUpIsLeftToTheSource() {
        var young = finding(NOBODY, Set.of(), true, "send-sql");
        var old = finding(NOBODY, Set.of(), false, "send-sql");

        assertThat(young.behind()).isFalse();
        assertThat(young.found()).isEmpty();
        assertThat(old.behind()).isTrue();
        assertThat(old.found()).isEqualTo("unheard missing:sql");
    }

    @Test
    void whomARuleRefusesIsWantedNowhere() {
        var noted = finding(known("now", projection(State.SKIPPED, null, "now", mapping)), Set.of(), false, "skip-sql");
        var notNoted = finding(known("now", null), Set.of(), false, "skip-sql");

        assertThat(noted.behind()).isFalse();
        assertThat(noted.wanted()).isEmpty();
        assertThat(notNoted.behind()).isTrue();
        assertThat(notNoted.found()).isEmpty();
    }
}
