package dev.usher.check;

import dev.usher.startup.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses, limits, times and secrets are settings, not text in a route. */
final class BareValueCheck implements Check {

    private static final Pattern AMOUNT = Pattern.compile(
            "(?i).*(delay|period|interval|timeout|limit|size|maximum|maxConn|concurrentConsumers|cron|timeToLive|"
                    + "repeatCount|maxMessages|redeliveries).*|ttl|maxRate");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?\\s*(ms|s|m|h|d)?|P[0-9DTHMS.]+");
    private static final Set<String> NO_LIMIT = Set.of("0", "-1");
    private static final Pattern ADDRESS = Pattern.compile("https?://");
    private static final Pattern SECRET = Pattern.compile("\\b[sr]k_(live|test)_\\w+|\\bwhsec_\\w+|-----BEGIN|"
            + "\\bBearer +[A-Za-z0-9._-]{12,}|\\bBasic +[A-Za-z0-9+/=]{12,}|\\b[0-9a-f]{32}-us\\d+\\b");

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        Unit.in(project).forEach(unit -> unit.body().all().forEach(map -> checkMap(unit, map, findings)));
        Unit.in(project)
                .forEach(unit -> unit.body().values().forEach(value -> {
                    if (ADDRESS.matcher(value.text()).find()) {
                        findings.add(unit.finding(
                                value.line(),
                                "a web address stands in the route",
                                "make it a setting and write {{its key}}"));
                    }
                }));
        for (String ending : List.of(".yaml", ".jq", ".sql")) {
            project.filesIn("routes/", ending).forEach(file -> checkSecrets(project, file, findings));
        }
        return findings;
    }

    private static void checkMap(Unit unit, Tree map, List<Finding> findings) {
        map.fields().forEach((key, value) -> {
            String text = amount(value);
            boolean isCron = key.equals("cron") && !text.startsWith("{{");
            boolean isAmount =
                    AMOUNT.matcher(key).matches() && NUMBER.matcher(text).matches();
            boolean isOneAtATime = key.endsWith("oncurrentConsumers") && text.equals("1");
            if (isCron || isAmount && !NO_LIMIT.contains(text) && !isOneAtATime) {
                findings.add(unit.finding(
                        map.lineOf(key),
                        "'" + key + "' is the bare value " + text,
                        "make it a setting and write " + key + ": \"{{its key}}\""));
            }
            if (Secrets.isSecret(key) && value.isScalar() && !text.isBlank() && !text.contains("{{") && isCall(map)) {
                findings.add(unit.finding(
                        map.lineOf(key), "the secret '" + key + "' stands in the route", "write \"{{its key}}\""));
            }
        });
        if (map.at("throttle").isPresent()) {
            Tree throttle = map.at("throttle").orElseThrow();
            String rate = throttle.textAt("expression", "constant", "expression");
            if (NUMBER.matcher(rate).matches()) {
                findings.add(unit.finding(
                        map.lineOf("throttle"), "throttle has the bare value " + rate, "write \"{{its key}}\""));
            }
        }
    }

    /** A plain value, or the constant of an expression such as delay's. */
    private static String amount(Tree value) {
        return value.isScalar() ? value.text().strip() : value.textAt("expression", "constant", "expression");
    }

    private static boolean isCall(Tree map) {
        return map.at("uri").isEmpty() && map.at("expression").isEmpty();
    }

    private static void checkSecrets(Project project, String file, List<Finding> findings) {
        int number = 0;
        for (String line : project.text(file).lines().toList()) {
            number++;
            if (SECRET.matcher(line).find()) {
                findings.add(new Finding(
                        file, number, "this looks like a secret", "revoke it, and write {{its key}} instead"));
            }
        }
    }
}
