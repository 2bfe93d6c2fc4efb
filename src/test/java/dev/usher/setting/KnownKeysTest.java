package dev.usher.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

class KnownKeysTest {

    private final KnownKeys known = new KnownKeys(texts());

    @Test
    void everySettingThatIsShippedIsReadBySomebody() throws IOException {
        var shipped = new ArrayList<String>();
        for (var file : yaml("config")) {
            for (var source : new YamlPropertySourceLoader().load(file.toString(), new FileSystemResource(file))) {
                shipped.addAll(List.of(((EnumerablePropertySource<?>) source).getPropertyNames()));
            }
        }

        assertThat(shipped)
                .contains("usher.hash-key")
                .filteredOn(key -> key.startsWith("usher."))
                .allMatch(known::knows);
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

    private static Stream<String> texts() {
        return Stream.of("config", "routes")
                .flatMap(folder -> yaml(folder).stream())
                .map(KnownKeysTest::text);
    }

    private static List<Path> yaml(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
