package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

class PollSettingsTest {

    @Test
    void theDefaultsAreThoseOfTheConfigurationFile() throws Exception {
        var environment = new StandardEnvironment();
        for (var source :
                new YamlPropertySourceLoader().load("entra", new FileSystemResource(Path.of("config/entra.yaml")))) {
            environment.getPropertySources().addLast(source);
        }

        var configured = Binder.get(environment)
                .bind("usher.entra.poll", PollSettings.class)
                .get();

        assertThat(configured).isEqualTo(bind(Map.of("usher.entra.poll.overlap", "PT2M")));
    }

    @Test
    void everyMistakeIsToldAtOnceWithItsKeyAndTheMend() {
        assertThatThrownBy(() -> new PollSettings(
                        List.of("Add group"),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(30),
                        Duration.ofHours(6),
                        1.5,
                        Duration.ofMinutes(10),
                        1000,
                        Duration.ofMinutes(-1),
                        Duration.ofDays(7),
                        Duration.ofDays(7),
                        1000,
                        0,
                        Duration.ofSeconds(10)))
                .hasMessageContaining("usher.entra.poll.activities has 'Add group'")
                .hasMessageContaining("usher.entra.poll.overlap is PT0S")
                .hasMessageContaining("usher.entra.poll.reread is 1000: it must be 0 to 999")
                .hasMessageContaining("usher.entra.poll.requests is 0: it must be 1 to 1000")
                .hasMessageContaining("usher.entra.poll.start-back is PT-1M")
                .hasMessageContaining("usher.entra.poll.keep-seen (PT168H) is not longer than retention");
    }

    private static PollSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("usher.entra.poll", PollSettings.class)
                .get();
    }
}
