package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import dev.usher.destination.TestDestinations;
import dev.usher.event.Headers;
import dev.usher.event.Urgency;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceTest {

    private final TestClock clock = new TestClock();
    private final Allowance allowance = new Allowance(
            TestDestinations.ofProject(Map.of(
                    "usher.destinations.salesforce.reserve.share", "0.1",
                    "usher.destinations.salesforce.reserve.recheck", "15m")),
            clock);

    @Test
    void beforeTheFirstAnswerEverythingGoes() {
        assertThatCode(() -> allowance.check(change())).doesNotThrowAnyException();
    }

    @Test
    void aboveTheReserveEverythingGoes() {
        note("api-usage=899/1000");

        assertThatCode(() -> allowance.check(change())).doesNotThrowAnyException();
    }

    @Test
    void inTheReserveAChangeIsHeldBackAndSaysWhyAndForHowLong() {
        note("api-usage=900/1000");
        clock.advance(Duration.ofMinutes(5));

        assertThatThrownBy(() -> allowance.check(change()))
                .isInstanceOfSatisfying(
                        HeldBack.class, held -> assertThat(held.delay()).isEqualTo(Duration.ofMinutes(10)))
                .hasMessage("900 of 1000 calls are used; the rest is kept for sign-ups");
    }

    @Test
    void inTheReserveALiveSignUpGoesAndAnImportedOneDoesNot() {
        note("api-usage=999/1000");

        assertThatCode(() -> allowance.check(signUp(Urgency.LIVE))).doesNotThrowAnyException();
        assertThatThrownBy(() -> allowance.check(signUp(Urgency.BULK))).isInstanceOf(HeldBack.class);
    }

    @Test
    void afterAWhileOneDeliveryGoesToAskAnew() {
        note("api-usage=950/1000");
        clock.advance(Duration.ofMinutes(15));

        assertThatCode(() -> allowance.check(change())).doesNotThrowAnyException();
        assertThatThrownBy(() -> allowance.check(change())).isInstanceOf(HeldBack.class);

        note("api-usage=10/1000");
        assertThatCode(() -> allowance.check(change())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api-usage", "api-usage=x/1000", "api-usage=1/99999999999999999999"})
    void whatCannotBeReadChangesNothing(String said) {
        note("api-usage=950/1000");

        note(said);

        assertThatThrownBy(() -> allowance.check(change())).isInstanceOf(HeldBack.class);
    }

    @Test
    void theFirstOfSeveralCountsIsTheOrgs() {
        note("api-usage=25/5000; per-app-api-usage=250/250(appName=usher)");

        assertThatCode(() -> allowance.check(change())).doesNotThrowAnyException();
    }

    @Test
    void withoutAReserveEverythingGoes() {
        var free = new Allowance(TestDestinations.ofProject(Map.of()), clock);
        var exchange = change();
        exchange.setVariable("callsUsed", "api-usage=1000/1000");

        free.note(exchange);

        assertThatCode(() -> free.check(change())).doesNotThrowAnyException();
    }

    private void note(String said) {
        var exchange = change();
        exchange.setVariable("callsUsed", said);
        allowance.note(exchange);
    }

    private static Exchange change() {
        return delivery("update", Urgency.LIVE);
    }

    private static Exchange signUp(Urgency urgency) {
        return delivery("create", urgency);
    }

    private static Exchange delivery(String operation, Urgency urgency) {
        var exchange =
                Exchanges.of(new DefaultCamelContext(), "salesforce", Map.of(Headers.PRIORITY, urgency.priority()));
        Delivery.of(exchange, 0).operation = operation;
        return exchange;
    }
}
