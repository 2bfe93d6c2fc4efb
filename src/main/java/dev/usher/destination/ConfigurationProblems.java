package dev.usher.destination;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong; the start stops. All that was found is named, each with its place and mend. */
public final class ConfigurationProblems extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationProblems(List<Problem> problems) {
        super(problems.stream().map(problem -> "- " + problem).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All that was found, one by one. */
    public List<Problem> problems() {
        return problems;
    }
}
