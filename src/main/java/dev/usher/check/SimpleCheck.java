package dev.usher.check;

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
        Settings settings = Settings.of(project);
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.start();
            Language simple = camel.resolveLanguage("simple");
            Unit.in(project).forEach(unit -> new Expressions(unit, settings, simple, findings).check(unit.body(), ""));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot start the Camel context that compiles expressions", e);
        }
        return findings;
    }

    /** The expressions of one route. */
    private record Expressions(Unit unit, Settings settings, Language simple, List<Finding> findings) {

        void check(Tree tree, String owner) {
            tree.items().forEach(item -> check(item, owner));
            tree.fields().forEach((key, value) -> {
                switch (key) {
                    case "simple" -> compile(value, "expression", PREDICATES.contains(owner));
                    case "log" -> compile(value, "message", false);
                    case "toD" -> compile(value, "uri", false);
                    default -> {}
                }
                boolean passesOn = key.equals("expression") || key.equals("simple");
                check(value, passesOn ? owner : owner(key, value));
            });
        }

        /** A loop that runs while something holds asks for a predicate too. */
        private static String owner(String key, Tree value) {
            return key.equals("loop") && value.textAt("doWhile").equals("true") ? "when" : key;
        }

        private void compile(Tree holder, String key, boolean isPredicate) {
            String text = holder.isScalar() ? holder.text() : holder.textAt(key);
            fault(settings.resolve(text), isPredicate, simple)
                    .ifPresent(fault -> findings.add(unit.finding(
                            holder.lineOf(key), "Simple does not compile: " + fault, "correct the expression there")));
        }
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
