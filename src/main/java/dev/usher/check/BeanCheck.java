package dev.usher.check;

import dev.usher.setting.Distance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every bean that a route calls exists and has the method, also in routes that are switched off and so never start. */
final class BeanCheck implements Check {

    private static final Pattern IN_SIMPLE = Pattern.compile("\\$\\{bean:(\\w+)[.?](?:method=)?(\\w+)");

    /** Names that differ more than this are not meant for one another. */
    private static final int FARTHEST = 2;

    private final Map<String, Set<String>> methods;

    /** @param methods the names of the public methods by the name of their bean */
    BeanCheck(Map<String, Set<String>> methods) {
        this.methods = methods;
    }

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (Unit unit : Unit.in(project)) {
            unit.body()
                    .all()
                    .filter(tree ->
                            tree.at("ref").isPresent() && tree.at("method").isPresent())
                    .forEach(call ->
                            check(unit, call.lineOf("ref"), call.textAt("ref"), call.textAt("method"), findings));
            unit.body().values().forEach(value -> {
                Matcher call = IN_SIMPLE.matcher(value.text());
                while (call.find()) {
                    check(unit, value.line(), call.group(1), call.group(2), findings);
                }
            });
        }
        return findings;
    }

    private void check(Unit unit, int line, String bean, String method, List<Finding> findings) {
        Set<String> known = methods.get(bean);
        String name = method.replaceFirst("\\(.*", "");
        if (known == null) {
            findings.add(unit.finding(line, "no bean '" + bean + "'", mend(bean, methods.keySet())));
        } else if (!known.contains(name)) {
            findings.add(unit.finding(line, "bean '" + bean + "' has no method '" + name + "'", mend(name, known)));
        }
    }

    private static String mend(String name, Set<String> known) {
        return known.stream()
                .filter(other -> Distance.between(name, other) <= FARTHEST)
                .min(Comparator.comparing(other -> Distance.between(name, other)))
                .map(near -> "did you mean " + near + "?")
                .orElse("use one of " + new TreeSet<>(known));
    }
}
