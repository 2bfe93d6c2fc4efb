package dev.usher.birthright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.destination.ConfigurationProblems;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

    private static final String GROUP = "9c1d0000-0000-4000-8000-0000000000B1";
    private static final String APP = "5a0b0000-0000-4000-8000-0000000000a1";
    private static final String ROLE = "7e3f0000-0000-4000-8000-0000000000c1";

    private static Rules rules(BirthrightSettings.Rule... rules) {
        return new Rules(new BirthrightSettings(List.of(rules)));
    }

    private static BirthrightSettings.Rule group(String name, String when) {
        return new BirthrightSettings.Rule(name, GROUP, "", "", when);
    }

    private static JsonNode ada() throws Exception {
        return new ObjectMapper().readTree("""
                {"active": true, "name": {"familyName": "Lovelace"}, "emails": [{"value": "ada@Partner.Example"}],
                 "urn:dev:usher:scim:schemas:extension:2.0:User":
                   {"customerType": "business", "attributes": {"points": 3}}}""");
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of("$usher.customerType == \"business\"", true),
                Arguments.of("$usher.customerType == \"private\"", false),
                Arguments.of("$domain == \"partner.example\"", true),
                Arguments.of(".active and ($usher.attributes.points > 2)", true),
                Arguments.of(".emails[].value | endswith(\"x\")", false),
                Arguments.of("$usher.attributes.nothing", false),
                Arguments.of("(.name.familyName // \"\") | startswith(\"L\")", true));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void aConditionSeesTheUserItsExtensionAndTheDomain(String when, boolean holds) throws Exception {
        assertThat(rules(group("one", when)).wanted(ada()).isEmpty()).isEqualTo(!holds);
    }

    @Test
    void twoRulesMayGiveTheSameAndIdsAreComparedWithoutCase() throws Exception {
        var rules = rules(
                group("one", "true"),
                new BirthrightSettings.Rule("two", GROUP.toLowerCase(java.util.Locale.ROOT), "", "", "true"),
                new BirthrightSettings.Rule("three", "", APP, ROLE, "true"),
                new BirthrightSettings.Rule("four", "", APP, "", "true"));

        var wanted = rules.wanted(ada());

        assertThat(wanted)
                .containsExactly(Grant.group(GROUP), Grant.appRole(APP, Grant.DEFAULT_ROLE), Grant.appRole(APP, ROLE));
        assertThat(rules.namesOf(Grant.group(GROUP))).isEqualTo("one, two");
        assertThat(wanted.stream().map(grant -> Grant.of(grant.toString())).toList())
                .isEqualTo(List.copyOf(wanted));
    }

    static Stream<Arguments> mistakes() {
        var good = "true";
        return Stream.of(
                Arguments.of(new BirthrightSettings.Rule("", GROUP, "", "", good), "has no name"),
                Arguments.of(new BirthrightSettings.Rule("x", "", "", "", good), "grants nothing"),
                Arguments.of(new BirthrightSettings.Rule("x", GROUP, APP, ROLE, good), "a group and an app role"),
                Arguments.of(
                        new BirthrightSettings.Rule("x", "Business", "", "", good), "\"Business\", which is no GUID"),
                Arguments.of(new BirthrightSettings.Rule("x", "", "", ROLE, good), "app is \"\", which is no GUID"),
                Arguments.of(new BirthrightSettings.Rule("x", "", APP, "Partner", good), "the id of the app role"),
                Arguments.of(group("x", " "), "has no condition"),
                Arguments.of(group("x", ".active ="), "the jq of \"when\" fails"),
                Arguments.of(group("x", "$domian == \"a.example\""), "domian"),
                Arguments.of(group("x", "nosuch(.active)"), "nosuch/1"),
                Arguments.of(group("x", ".emails[0].value | endswith(\"x\")"), "for a user who told nothing"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aRuleThatCannotBeMeantSoStopsTheStartAndIsNamed(BirthrightSettings.Rule rule, String told) {
        assertThatThrownBy(() -> rules(group("first", "true"), rule))
                .isInstanceOf(ConfigurationProblems.class)
                .hasMessageContaining("usher.destinations.birthrights.rules[1]")
                .hasMessageContaining(told);
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> rules(group("one", "true"), group("one", "false")))
                .hasMessageContaining("rules[1] (one): another rule has this name");
    }
}
