package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private static final Map<String, String> STRIPE_DELETES = Map.of("usher.destinations.stripe.on-deleted", "delete");
    private static final Map<String, String> STRIPE_KEEPS = Map.of("usher.destinations.stripe.on-deleted", "keep");
    private static final Map<String, String> SQL_DELETES = Map.of("usher.destinations.sql.on-deleted", "delete");
    private static final Map<String, String> ADDRESS = Map.of("usher.destinations.entra.address", "both");
    private static final Map<String, String> CLAIMS = Map.of("usher.destinations.dataverse.claims", "upn");
    private static final Map<String, String> MARGIN = Map.of("usher.clock-margin", "2s");
    private static final Map<String, String> MARGIN_AND_STRIPE =
            Map.of("usher.clock-margin", "2s", "usher.destinations.stripe.on-deleted", "delete");

    @SafeVarargs
    private static List<List<String>> grouped(Map<String, String>... settings) {
        var files = new LinkedHashMap<Path, Map<String, String>>();
        for (var one : settings) {
            files.put(Path.of("file" + files.size()), one);
        }
        return Together.of(files).stream()
                .map(group -> group.files().stream().map(Path::toString).toList())
                .toList();
    }

    @Test
    void whatSetsDifferentDestinationsIsPlayedTogetherWithTheSettingsOfBoth() {
        var groups = Together.of(Map.of(Path.of("a"), STRIPE_DELETES, Path.of("b"), SQL_DELETES));

        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.files()).containsExactlyInAnyOrder(Path.of("a"), Path.of("b"));
            assertThat(group.settings()).containsAllEntriesOf(STRIPE_DELETES).containsAllEntriesOf(SQL_DELETES);
        });
    }

    @Test
    void whatSetsTheSameDestinationIsPlayedTogetherOnlyWhenAlike() {
        assertThat(grouped(STRIPE_DELETES, STRIPE_KEEPS, SQL_DELETES, STRIPE_DELETES))
                .containsExactly(List.of("file0", "file2", "file3"), List.of("file1"));
    }

    @Test
    void aDestinationOfWhichOneSetsMoreIsNotAlike() {
        var more = Map.of(
                "usher.destinations.stripe.on-deleted", "delete", "usher.destinations.stripe.on-disabled", "keep");

        assertThat(grouped(STRIPE_DELETES, more)).hasSize(2);
        assertThat(grouped(more, STRIPE_DELETES)).hasSize(2);
    }

    @Test
    void whatSetsMoreThanDestinationsIsPlayedWithItsEqualsOnly() {
        assertThat(grouped(MARGIN, SQL_DELETES, MARGIN_AND_STRIPE, MARGIN, MARGIN_AND_STRIPE))
                .containsExactly(List.of("file0", "file3"), List.of("file1"), List.of("file2", "file4"));
    }

    @Test
    void whatSetsADestinationThatIsASourceTooIsPlayedWithItsEqualsOnly() {
        assertThat(grouped(SQL_DELETES, ADDRESS, CLAIMS, STRIPE_DELETES, ADDRESS))
                .containsExactly(List.of("file0", "file3"), List.of("file1", "file4"), List.of("file2"));
    }
}
