package dev.usher.check;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.jq.JqFunctions;

/** Every jq file and every jq expression in a route compiles and calls only functions that exist. */
final class JqCheck implements Check {

    /** There is no message here; as null it lets the rest be tried. */
    private static final Pattern OF_THE_MESSAGE = Pattern.compile("\\b(variable|header|property)\\(\"[^\"]*\"\\)");

    private static final Pattern LINE = Pattern.compile("at line (\\d+)");
    private static final Pattern UNKNOWN = Pattern.compile("Function \\S+ does not exist");

    private final Scope scope = scope();

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (String file : project.filesIn("routes/", ".jq")) {
            fault(project.text(file))
                    .ifPresent(fault -> findings.add(new Finding(
                            file, Math.max(1, lineIn(fault)), "jq does not compile: " + fault, mend(fault))));
        }
        for (Unit unit : Unit.in(project)) {
            unit.body()
                    .all()
                    .forEach(tree -> tree.at("jq").ifPresent(jq -> {
                        String text = jq.isScalar() ? jq.text() : jq.textAt("expression");
                        if (!text.startsWith("resource:") && !text.contains("{{")) {
                            fault(text)
                                    .ifPresent(fault -> findings.add(unit.finding(
                                            jq.lineOf("expression"), "jq does not compile: " + fault, mend(fault))));
                        }
                    }));
        }
        return findings;
    }

    /** Unknown functions come out only when jq runs; what else goes wrong on empty input says nothing. */
    private Optional<String> fault(String text) {
        JsonQuery query;
        try {
            query = JsonQuery.compile(OF_THE_MESSAGE.matcher(text).replaceAll("null"), Versions.JQ_1_6);
        } catch (JsonQueryException | RuntimeException | Error e) {
            return Optional.of(firstLine(e));
        }
        try {
            query.apply(Scope.newChildScope(scope), NullNode.getInstance(), out -> {});
        } catch (JsonQueryException | RuntimeException e) {
            return Optional.of(firstLine(e))
                    .filter(message -> UNKNOWN.matcher(message).find());
        }
        return Optional.empty();
    }

    private static String mend(String fault) {
        return UNKNOWN.matcher(fault).find()
                ? "correct the name; a def reaches only the next term, so put all that follows it in parentheses"
                : "correct the expression there";
    }

    private static int lineIn(String fault) {
        Matcher matcher = LINE.matcher(fault);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
    }

    private static String firstLine(Throwable fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").strip();
    }

    private static Scope scope() {
        Scope scope = Scope.newEmptyScope();
        try (CamelContext camel = new DefaultCamelContext()) {
            JqFunctions.load(camel, scope);
            JqFunctions.loadLocal(scope);
            return scope;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot load Camel's jq functions", e);
        }
    }
}
