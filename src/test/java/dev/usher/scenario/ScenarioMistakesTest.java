package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake in a scenario is told before it is played, with line, key and what may stand there. */
class ScenarioMistakesTest {

    @TempDir
    Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("", "the file is empty"),
                Arguments.of("description: x\nwhen: [", ":2: this is no YAML"),
                Arguments.of("description: x\nwhen: []\n", "a scenario needs \"expect\""),
                Arguments.of(
                        "description: x\nwhen: []\nexpects: {}\n",
                        ":3: unknown key \"expects\"; known are description"),
                Arguments.of("description: x\nwhen: []\nwhen: []\nexpect: {}\n", ":3: when: stands there twice"),
                Arguments.of(
                        "description: x\ngiven:\n  people:\n    ada: {mail: a@b}\nwhen: []\nexpect: {}\n",
                        ":4: given.people.ada: unknown key \"mail\"; known are email"),
                Arguments.of(
                        "description: x\nwhen:\n  - explode: now\nexpect: {}\n",
                        ":3: when[0]: unknown step \"explode\""),
                Arguments.of(
                        "description: x\nwhen:\n  - heal: stripe\n    delete: ada\nexpect: {}\n",
                        ":3: when[0]: a step is one key"),
                Arguments.of(
                        "description: x\nwhen:\n  - poll: often\nexpect: {}\n",
                        ":3: when[0].poll: must be a whole number"),
                Arguments.of(
                        "description: x\nwhen:\n  - time-passes: a day\nexpect: {}\n",
                        "must be an ISO duration such as PT10M"),
                Arguments.of(
                        "description: x\nwhen:\n  - faults: {stripe: {state: 503}}\nexpect: {}\n",
                        "when[0].faults.stripe: unknown key \"state\""),
                Arguments.of("description: x\nwhen:\n  - event: {subject: a}\nexpect: {}\n", "needs a \"type\""),
                Arguments.of(
                        "description: x\nwhen: []\nexpect:\n  calls:\n    stripe: nothing\n",
                        ":5: expect.calls.stripe: must be a list, or \"none\""),
                Arguments.of(
                        "description: x\nwhen: []\nexpect:\n  calls:\n    stripe:\n      - {path: /}\n",
                        ":6: expect.calls.stripe[0]: a call needs \"method\" and \"path\""),
                Arguments.of(
                        "description: x\nwhen: []\nexpect:\n  outcomes:\n    ada: {stripe: made}\n",
                        ":5: expect.outcomes.ada.stripe: \"made\" is no outcome; there are [created"),
                Arguments.of(
                        "description: x\nwhen: []\nexpect:\n  dead-letters:\n    - {why: x}\n",
                        ":5: expect.dead-letters[0]: unknown key \"why\""));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsPlace(String content, String message) throws IOException {
        var file = Files.writeString(folder.resolve("scenario.yaml"), content);

        assertThatThrownBy(() -> Scenario.read(file))
                .isInstanceOf(Mistake.class)
                .hasMessageContaining("scenario.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void whatThePageShowsIsAScenario() throws IOException {
        var page = Files.readString(Path.of("docs/scenarios.md"));
        var example = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("\n```\n", page.indexOf("```yaml")));
        var file = Files.writeString(folder.resolve("scenario.yaml"), example);

        assertThatCode(() -> Scenario.read(file)).doesNotThrowAnyException();
    }
}
