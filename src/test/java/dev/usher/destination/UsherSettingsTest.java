package dev.usher.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class UsherSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "usher.destinations.stripe.quick-retries, -1, is -1; set 0 to 10",
        "usher.destinations.stripe.retry.attempts, 0, is 0; set 1 or more",
        "usher.destinations.stripe.retry.factor, 0, is 0.0; set 1 or more",
        "usher.destinations.stripe.retry.factor, NaN, is NaN; set 1 or more",
        "usher.destinations.stripe.retry.first, 0s, is 0s; set a time longer than 0s",
        "usher.destinations.stripe.retry.most, 1s, is 1s; set 5s or longer",
        "usher.destinations.stripe.pause.after, 0, is 0; set 1 or more",
        "usher.destinations.stripe.pause.first, -1s, is -1s; set a time longer than 0s",
        "usher.destinations.stripe.pause.most, 500ms, is 500ms; set 1s or longer",
        "usher.destinations.stripe.pause.obey, -15m, is -15m; set a time longer than 0s",
        "usher.destinations.entra.settle, -2s, is -2s; set 0s or longer",
        "usher.destinations.entra.settle-most, -2s, is -2s; set 0s or longer",
        "usher.destinations.stripe.calls, -1, is -1; set 0 or more",
        "usher.destinations.stripe.per, 0, is 0; set 1 or more",
        "usher.destinations.stripe.key-lifetime, -1h, is -60m; set 0s or longer",
        "usher.destinations.stripe.findable-after, -1h, is -60m; set 0s or longer",
        "usher.destinations.salesforce.reserve.recheck, 0s, is 0s; set a time longer than 0s",
        "usher.destinations.sql.data-source.connections, 0, is 0; set 1 or more",
        "usher.destinations.sql.data-source.timeout, 1ms, is 1ms; set 250ms or longer",
        "usher.destinations.sql.data-source.answer-timeout, 0s, is 0s; set 1s or longer",
        "usher.router.retry.attempts, 0, is 0; set 1 or more",
        "usher.patience, -1m, is -1m; set 0s or longer",
        "usher.clock-margin, -1m, is -1m; set 0s or longer"
    })
    void whatIsOutOfItsRangeIsTold(String key, String value, String told) {
        var settings = new Binder(new MapConfigurationPropertySource(Map.of(key, value)))
                .bindOrCreate("usher", UsherSettings.class);

        assertThat(settings.problems()).extracting(Problem::toString).containsExactly(key + ": " + told);
    }

    @Test
    void theDefaultsAreInTheirRanges() {
        var settings = new Binder(new MapConfigurationPropertySource(
                        Map.of("usher.destinations.sql.data-source.url", "jdbc:h2:mem:customers")))
                .bindOrCreate("usher", UsherSettings.class);

        assertThat(settings.destinations()).containsKey("sql");
        assertThat(settings.problems()).isEmpty();
    }
}
