package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownKeysTest {

    private final Project project = Project.read(Path.of(""));
    private final KnownKeys known = new KnownKeys(project);

    @Test
    void everySettingThatIsShippedIsReadBySomebody() {
        var unread = project.yamlIn("config/", ".yaml").stream()
                .flatMap(file -> Settings.of(file).byKey().keySet().stream())
                .filter(key -> key.startsWith("usher.") && !known.knows(key))
                .toList();

        assertThat(unread).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usher.destinations.stripe.retry.first",
                "usher.destinations.hubspot.on-deleted",
                "usher.destinations.hubspot.onDeleted",
                "usher.destinations.birthrights.rules[0].group",
                "usher.tokens.shop.client-id",
                "usher.hash-key"
            })
    void whatRecordsAndRoutesReadIsKnown(String key) {
        assertThat(known.knows(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usher.destinations.stripe.retyr.first",
                "usher.destinations.stripe.retry",
                "usher.destinations.birthrights.rules[0].gruop",
                "usher.hashkeys"
            })
    void whatNobodyReadsIsNot(String key) {
        assertThat(known.knows(key)).isFalse();
    }
}
