package dev.usher.setting;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Records of settings refuse what is out of their range, whichever feature they belong to. */
class SettingRecordsTest {

    @ParameterizedTest
    @CsvSource({
        "usher.tracing.timeout, 0s, is PT0S: it must be longer than 0s",
        "usher.tracing.share, NaN, is NaN: set 0 to 1",
        "usher.alerts.retry.most, 1s, is PT1S: it must not be shorter than first",
        "usher.alerts.limits.rhythm, NaN, is NaN: it must be 1 or more",
        "usher.reconciliation.keep, 0d, is PT0S: it must be longer than 0s",
        "usher.entra.poll.deep-overlap-margin, NaN, is NaN: it must be 1 or more"
    })
    void whatIsOutOfItsRangeIsRefused(String key, String value, String told) {
        assertThatThrownBy(() -> bindAll(key, value)).rootCause().hasMessage(key + " " + told);
    }

    private static void bindAll(String key, String value) {
        var binder = new Binder(new MapConfigurationPropertySource(Map.of(key, value)));
        Beans.settings().forEach(type -> {
            var prefix = type.getAnnotation(ConfigurationProperties.class);
            binder.bindOrCreate(prefix.prefix().isEmpty() ? prefix.value() : prefix.prefix(), type);
        });
    }
}
