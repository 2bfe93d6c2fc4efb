package dev.usher.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.util.ObjectHelper;

/** Every Simple expression compiles: those that are written as such, log messages and dynamic addresses. */
final class SimpleCheck implements Check {

    private static final Set<String> PREDICATES =
            Set.of("when", "filter", "onWhen", "validate", "handled", "continued", "retryWhile", "completionPredicate");

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.start();
            Language simple = camel.resolveLanguage("simple");
            Unit.in(project).forEach(unit -> check(unit, unit.body(), "", simple, findings));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start the Camel context that compiles expressions", e);
        }
        return findings;
    }

    private static void check(Unit unit, Tree tree, String owner, Language simple, List<Finding> findings) {
        tree.items().forEach(item -> check(unit, item, owner, simple, findings));
        tree.fields().forEach((key, value) -> {
            switch (key) {
                case "simple" -> compile(unit, value, "expression", PREDICATES.contains(owner), simple, findings);
                case "log" -> compile(unit, value, "message", false, simple, findings);
                case "toD" -> compile(unit, value, "uri", false, simple, findings);
                default -> {}
            }
            boolean passesOn = key.equals("expression") || key.equals("simple");
            check(unit, value, passesOn ? owner : owner(key, tree), simple, findings);
        });
    }

    /** A loop that runs while something holds asks for a predicate too. */
    private static String owner(String key, Tree tree) {
        boolean isWhile = key.equals("loop")
                && tree.at("loop", "doWhile")
                        .map(Tree::text)
                        .filter("true"::equals)
                        .isPresent();
        return isWhile ? "when" : key;
    }

    private static void compile(
            Unit unit, Tree holder, String key, boolean isPredicate, Language simple, List<Finding> findings) {
        String text = holder.isScalar() ? holder.text() : holder.textAt(key);
        fault(text.replaceAll("\\{\\{[^{}]*}}", "1"), isPredicate, simple)
                .ifPresent(fault -> findings.add(unit.finding(
                        holder.lineOf(key), "Simple does not compile: " + fault, "correct the expression there")));
    }

    private static Optional<String> fault(String text, boolean isPredicate, Language simple) {
        try {
            if (isPredicate) {
                simple.createPredicate(text);
            } else {
                simple.createExpression(text);
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            if (ObjectHelper.getException(NoSuchBeanException.class, e) != null) {
                return Optional.empty(); // beans exist only in the running product, which looks for them at its start
            }
            return Optional.of(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
