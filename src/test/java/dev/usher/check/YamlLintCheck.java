package dev.usher.check;

import com.github.sbaudoin.yamllint.LintProblem;
import com.github.sbaudoin.yamllint.Linter;
import com.github.sbaudoin.yamllint.YamlLintConfig;
import com.github.sbaudoin.yamllint.YamlLintConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Routes, configuration, scenarios and what is in {@code deploy/} follow {@code .yamllint}. */
final class YamlLintCheck implements Check {

    private static final Pattern PROSE = Pattern.compile("^[ -]*(" + String.join("|", Prose.KEYS) + "): ");

    private final YamlLintConfig rules;

    /** @param rules a yamllint configuration file */
    YamlLintCheck(Path rules) {
        try {
            this.rules = new YamlLintConfig(Files.readString(rules));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + rules, e);
        } catch (YamlLintConfigException e) {
            throw new IllegalStateException("Not a yamllint configuration: " + rules, e);
        }
    }

    @Override
    public List<Finding> findings(Project project) {
        return project.yaml().stream()
                .flatMap(file -> Linter.run(file.text(), rules).stream()
                        .filter(problem -> !isLongProse(file, problem))
                        .map(problem -> finding(file, problem)))
                .toList();
    }

    /** Kaoto saves a description on one line, however long it is. */
    private static boolean isLongProse(YamlFile file, LintProblem problem) {
        return "line-length".equals(problem.getRuleId())
                && PROSE.matcher(file.lines().get(problem.getLine() - 1)).find();
    }

    private static Finding finding(YamlFile file, LintProblem problem) {
        @Nullable String rule = problem.getRuleId();
        return file.finding(
                problem.getLine(),
                problem.getDesc() + " (column " + problem.getColumn() + ")",
                rule == null ? "correct the YAML there" : "see rule " + rule + " in .yamllint");
    }
}
