package dev.usher.startup;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataNotFoundException;

/** A file that the configuration imports is not there. */
final class MissingFileAnalysis extends Analysis {

    @Override
    @Nullable
    Finding ofCause(Throwable cause) {
        return cause instanceof ConfigDataNotFoundException missing
                ? new Finding(
                        "A file of the configuration is missing: " + missing.getReferenceDescription() + ".",
                        "Put the file back, or take its line out of spring.config.import in config/application.yaml;"
                                + " Usher reads config/ in the folder it is started in.")
                : null;
    }
}
