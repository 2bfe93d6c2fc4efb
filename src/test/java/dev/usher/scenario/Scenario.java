package dev.usher.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file of {@code src/test/scenarios}, read and checked; docs/scenarios.md says what may stand in it.
 *
 * @param settings what is configured otherwise than in {@code config/}; none for most
 * @param believed the system that is believed where the directory and a contact differ: entra or dataverse
 * @param before what happens before the scenario begins
 * @param begin what goes wrong from the beginning
 */
record Scenario(
        Map<String, String> settings,
        String believed,
        List<Step> before,
        List<Step> begin,
        List<Step> when,
        List<Expectation> expect) {

    /** @throws Mistake naming file, line and key */
    static Scenario read(Path file) throws IOException {
        var whole = Located.read(file);
        var members = whole.members("description", "given", "when", "expect");
        for (var needed : List.of("description", "when", "expect")) {
            if (!members.containsKey(needed)) {
                throw whole.wrong("a scenario needs \"" + needed + "\"");
            }
        }
        members.get("description").text();
        Map<String, Located> given = members.containsKey("given")
                ? members.get("given").members("settings", "believed", "people", "and", "faults", "limits")
                : Map.of();
        var settings = new TreeMap<String, String>();
        if (given.containsKey("settings")) {
            given.get("settings").entries().forEach((key, value) -> settings.put(key, value.text()));
        }
        var believed = given.containsKey("believed") ? given.get("believed").text() : "entra";
        if (!List.of("entra", "dataverse").contains(believed)) {
            throw given.get("believed").wrong("must be entra or dataverse");
        }
        var before = new ArrayList<Step>();
        if (given.containsKey("people")) {
            var people = given.get("people");
            before.add(new Step(people.where(), "people", Steps.signUps(people)));
            before.add(quiet(people));
        }
        if (given.containsKey("and")) {
            before.addAll(Steps.read(given.get("and")));
            before.add(quiet(given.get("and")));
        }
        var begin = new ArrayList<Step>();
        if (given.containsKey("faults")) {
            begin.add(new Step(given.get("faults").where(), "faults", Steps.faults(given.get("faults"))));
        }
        if (given.containsKey("limits")) {
            begin.add(new Step(given.get("limits").where(), "limits", Steps.limits(given.get("limits"))));
        }
        var when = new ArrayList<>(Steps.read(members.get("when")));
        when.add(quiet(members.get("when")));
        return new Scenario(settings, believed, before, begin, when, Expectations.read(members.get("expect")));
    }

    private static Step quiet(Located where) {
        return new Step(where.where(), "wait-until-quiet", stage -> stage.product.quiet());
    }

    /** Plays it. @throws AssertionError with everything that is not as expected */
    void play(Product product) {
        product.reset();
        var stage = new Stage(product);
        before.forEach(step -> step.on(stage));
        stage.begin();
        begin.forEach(step -> step.on(stage));
        when.forEach(step -> step.on(stage));
        var faults = expect.stream()
                .flatMap(expectation -> expectation.faults(stage).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }
}
