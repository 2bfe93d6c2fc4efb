package dev.usher.dataverse;

import java.io.IOException;
import java.util.Locale;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Usher's own user in Dataverse: as configured, or as Dataverse says by {@code WhoAmI}. */
@Component
final class ApplicationUser {

    private final WebApi api;
    private volatile @Nullable String id;

    ApplicationUser(WebApi api, DataverseSettings settings) {
        var configured = settings.webhook().applicationUser().strip().toLowerCase(Locale.ROOT);
        this.api = api;
        this.id = configured.isEmpty() ? null : configured;
    }

    /** Whether this is our user; false as long as ours is not known, which costs only a comparison more. */
    boolean is(String userId) {
        return userId.toLowerCase(Locale.ROOT).equals(id);
    }

    /** Asks Dataverse, once. */
    void learn() throws IOException, HttpOperationFailedException {
        if (id == null) {
            var answer = api.get("WhoAmI", "").path("UserId").asText("").toLowerCase(Locale.ROOT);
            id = answer.isEmpty() ? null : answer;
        }
    }
}
