package dev.usher.startup;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;

/** An analyzer of Usher's own, asked before those of Spring Boot: it knows the keys and files that Usher reads. */
abstract class Analysis implements FailureAnalyzer, Ordered {

    @Override
    public final @Nullable FailureAnalysis analyze(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            var found = ofCause(cause);
            if (found != null) {
                return new FailureAnalysis(found.what(), found.mend(), failure);
            }
        }
        return null;
    }

    /** What this one exception of the chain means; null when it is not for this analyzer. */
    abstract @Nullable Finding ofCause(Throwable cause);

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    /**
     * @param what was found, and where
     * @param mend what to do
     */
    record Finding(String what, String mend) {}
}
