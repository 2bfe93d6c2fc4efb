package dev.usher.birthright;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.destination.ConfigurationProblems;
import dev.usher.destination.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The rules of {@code usher.destinations.birthrights.rules}. Reading them checks them: every mistake is told at once. */
@Component
@EnableConfigurationProperties(BirthrightSettings.class)
final class Rules {

    private static final String KEY = "usher.destinations.birthrights.rules";
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final List<Rule> rules = new ArrayList<>();

    private record Rule(String name, Grant grant, Condition when) {}

    /** @throws ConfigurationProblems naming each rule that cannot be meant so */
    Rules(BirthrightSettings settings) {
        var problems = new ArrayList<Problem>();
        var names = new HashSet<String>();
        for (int i = 0; i < settings.rules().size(); i++) {
            var rule = settings.rules().get(i);
            var where = KEY + "[" + i + "]" + (rule.name().isBlank() ? "" : " (" + rule.name() + ")");
            if (rule.name().isBlank() || !names.add(rule.name())) {
                problems.add(new Problem(
                        where,
                        rule.name().isBlank() ? "the rule has no name" : "another rule has this name",
                        "give it a name of its own: reasons tell it"));
            }
            var grant = grant(where, rule, problems);
            var when = condition(where, rule, problems);
            if (grant != null && when != null) {
                rules.add(new Rule(rule.name(), grant, when));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
    }

    private static @Nullable Grant grant(String where, BirthrightSettings.Rule rule, List<Problem> problems) {
        boolean isGroup = rule.app().isBlank() && rule.role().isBlank();
        if (isGroup == rule.group().isBlank()) {
            problems.add(new Problem(
                    where,
                    isGroup ? "the rule grants nothing" : "the rule grants a group and an app role",
                    "name either \"group\", or \"app\" with \"role\""));
            return null;
        }
        var before = problems.size();
        if (isGroup) {
            checkId(where, "group", rule.group(), "the object id of the group", problems);
        } else {
            checkId(where, "app", rule.app(), "the object id of the service principal (enterprise app)", problems);
        }
        if (!rule.role().isBlank()) {
            checkId(where, "role", rule.role(), "the id of the app role, not its value", problems);
        }
        if (problems.size() > before) {
            return null;
        }
        return isGroup
                ? Grant.group(rule.group())
                : Grant.appRole(rule.app(), rule.role().isBlank() ? Grant.DEFAULT_ROLE : rule.role());
    }

    private static void checkId(String where, String member, String id, String meaning, List<Problem> problems) {
        if (!ID.matcher(id).matches()) {
            problems.add(new Problem(where, member + " is \"" + id + "\", which is no GUID", "write " + meaning));
        }
    }

    private static @Nullable Condition condition(String where, BirthrightSettings.Rule rule, List<Problem> problems) {
        if (rule.when().isBlank()) {
            problems.add(new Problem(where, "the rule has no condition", "add \"when\"; \"true\" is everybody"));
            return null;
        }
        try {
            return Condition.checked(rule.when());
        } catch (JsonQueryException e) {
            problems.add(new Problem(
                    where,
                    "the jq of \"when\" fails, at the latest for a user who told nothing: " + firstLine(e),
                    "mend it; an attribute may be missing: (.name.familyName // \"\")"));
            return null;
        }
    }

    private static String firstLine(JsonQueryException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * What this user gets, in order; empty when no rule holds.
     *
     * @param user SCIM user, as {@code user-to-scim.jq} makes it
     * @throws JsonQueryException when a condition does not fit this user
     */
    SortedSet<Grant> wanted(JsonNode user) throws JsonQueryException {
        var wanted = new TreeSet<Grant>();
        for (var rule : rules) {
            if (rule.when().holds(user)) {
                wanted.add(rule.grant());
            }
        }
        return wanted;
    }

    /** What the rules may give, each once. */
    SortedSet<Grant> grants() {
        return rules.stream().map(Rule::grant).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the rules that give this, for reasons. */
    String namesOf(Grant grant) {
        return rules.stream()
                .filter(rule -> rule.grant().equals(grant))
                .map(Rule::name)
                .collect(Collectors.joining(", "));
    }
}
