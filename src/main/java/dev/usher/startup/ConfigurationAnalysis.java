package dev.usher.startup;

import dev.usher.destination.ConfigurationProblems;
import org.jspecify.annotations.Nullable;

/** The problems that Usher's own checks found: each says what, where and what to do. */
final class ConfigurationAnalysis extends Analysis {

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        return cause instanceof ConfigurationProblems problems
                ? new Finding(
                        "The configuration is wrong:\n\n" + problems.getMessage(),
                        "Mend what is listed, each as it says, and start again.")
                : null;
    }

    @Override
    public int getOrder() {
        return super.getOrder() - 10;
    }
}
