package dev.usher.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake stops the start with what was found, where, and what to do. */
class DestinationsTest {

    @TempDir
    Path routes;

    @BeforeEach
    void oneGoodDestination() throws IOException {
        file("router/rule.jq", ".active");
        file("destinations/crm/deliver-crm.camel.yaml", "- to: \"{{usher.destinations.crm.url}}\"\n");
        file("destinations/crm/answers.jq", "if .status == 409 then {kind: \"again\"} else null end");
    }

    private void file(String name, String content) throws IOException {
        var file = routes.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Destinations read(Map<String, String> settings) {
        return TestDestinations.of(routes.toString(), settings);
    }

    private static final Map<String, String> GOOD =
            Map.of("usher.destinations.crm.enabled", "true", "usher.destinations.crm.url", "https://crm.example.org");

    @Test
    void aFolderWithItsConfigurationIsADestination() {
        var destinations = read(GOOD);

        assertThat(destinations.all()).extracting(Destination::name).containsExactly("crm");
        assertThat(destinations.get("crm").mapping()).matches("[0-9a-f]{12}");
        assertThat(destinations.get("crm").answers()).isNotNull();
        assertThat(destinations.get(Destinations.ROUTER).name()).isEqualTo("router");
    }

    @Test
    void anotherMappingIsAnotherVersion() throws IOException {
        var before = read(GOOD).get("crm").mapping();

        file("destinations/crm/contact.jq", ".data");

        assertThat(read(GOOD).get("crm").mapping()).isNotEqualTo(before);
    }

    @Test
    void anotherRuleIsAnotherVersion() {
        var before = read(GOOD).get("crm").mapping();
        var one = read(with("usher.destinations.crm.rules[0].when", "true"));
        var other = read(with("usher.destinations.crm.rules[0].when", "false"));

        assertThat(List.of(before, one.get("crm").mapping(), other.get("crm").mapping()))
                .doesNotHaveDuplicates();
        assertThat(read(with("usher.destinations.crm.rules", "")).get("crm").mapping())
                .isEqualTo(before);
    }

    @Test
    void aFolderWithoutConfigurationNamesTheBlockToAdd() {
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining(routes.resolve("destinations/crm").toString())
                .hasMessageContaining("has no configuration")
                .hasMessageContaining("add usher.destinations.crm to config/destinations.yaml");
    }

    @Test
    void configurationWithoutAFolderNamesTheKey() {
        assertThatThrownBy(() -> read(with("usher.destinations.erp.enabled", "true")))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("usher.destinations.erp")
                .hasMessageContaining("there is no folder")
                .hasMessageContaining("remove the key");
    }

    @Test
    void aFolderWithoutARouteNamesTheFileToAdd() throws IOException {
        Files.delete(routes.resolve("destinations/crm/deliver-crm.camel.yaml"));

        assertThatThrownBy(() -> read(GOOD))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("has no route")
                .hasMessageContaining("add the file deliver-crm.camel.yaml");
    }

    @Test
    void jqThatDoesNotCompileNamesTheFile() throws IOException {
        file("destinations/crm/contact.jq", "{email: ");

        assertThatThrownBy(() -> read(GOOD))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("contact.jq")
                .hasMessageContaining("does not compile");
    }

    @Test
    void aKeyThatNobodySetNamesFileAndLine() {
        assertThatThrownBy(() -> read(Map.of("usher.destinations.crm.enabled", "true")))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("deliver-crm.camel.yaml:1")
                .hasMessageContaining("usher.destinations.crm.url is not set")
                .hasMessageContaining("switch the destination off");
    }

    @Test
    void whatIsSwitchedOffNeedsNoKeys() {
        assertThat(read(Map.of("usher.destinations.crm.enabled", "false"))
                        .get("crm")
                        .settings()
                        .enabled())
                .isFalse();
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        file("destinations/crm/contact.jq", "{email: ");

        assertThatThrownBy(() -> read(
                        Map.of("usher.destinations.crm.enabled", "true", "usher.destinations.erp.enabled", "true")))
                .hasMessageContaining("does not compile")
                .hasMessageContaining("usher.destinations.erp")
                .hasMessageContaining("url is not set");
    }

    @Test
    void noFolderAtAllSaysWhereToStart() {
        assertThatThrownBy(() -> TestDestinations.of(routes.resolve("nowhere").toString(), Map.of()))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("usher.routes");
    }

    @Test
    void anUnknownNameIsNoDestination() {
        var destinations = read(GOOD);

        assertThatThrownBy(() -> destinations.get("erp")).hasMessageContaining("erp");
    }

    private static Map<String, String> with(String key, String value) {
        var all = new java.util.HashMap<>(GOOD);
        all.put(key, value);
        return all;
    }

    @Test
    void whatBecomesOfThoseWhoLeaveIsTheFirstOfWhatIsPossible() throws IOException {
        assertThat(read(GOOD).get("crm").leaving()).isEqualTo(new Leaving(Effect.MARK, Effect.MARK));

        file("destinations/crm/leaving.properties", "on-disabled = keep, mark\non-deleted = archive, delete\n");

        assertThat(read(GOOD).get("crm").leaving()).isEqualTo(new Leaving(Effect.KEEP, Effect.ARCHIVE));
        assertThat(read(with("usher.destinations.crm.on-deleted", "delete"))
                        .get("crm")
                        .leaving())
                .isEqualTo(new Leaving(Effect.KEEP, Effect.DELETE));
    }

    @Test
    void anotherEffectIsAnotherVersionOfTheMapping() throws IOException {
        file("destinations/crm/leaving.properties", "on-deleted = mark, delete\n");

        assertThat(read(with("usher.destinations.crm.on-deleted", "delete"))
                        .get("crm")
                        .mapping())
                .isNotEqualTo(read(GOOD).get("crm").mapping());
    }

    @Test
    void anEffectThatIsNotPossibleNamesTheKeyAndTheChoice() throws IOException {
        file("destinations/crm/leaving.properties", "on-disabled = mark, keep\n");

        assertThatThrownBy(() -> read(with("usher.destinations.crm.on-disabled", "delete")))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining(
                        "usher.destinations.crm.on-disabled: \"delete\" is not possible there; set one of mark, keep");
        assertThatThrownBy(() -> read(with("usher.destinations.crm.on-deleted", "archive")))
                .hasMessageContaining("set one of mark");
    }

    @Test
    void aWordThatIsNoEffectNamesTheFile() throws IOException {
        file("destinations/crm/leaving.properties", "on-disabled = mark, erase\n");

        assertThatThrownBy(() -> read(GOOD))
                .hasMessageContaining("leaving.properties, on-disabled: \"erase\" is no effect")
                .hasMessageContaining("keep, mark, archive, delete");
    }
}
