package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /applications(appId='…')}: Usher's own registration and the one that owns the extension attributes. */
final class GraphApplications {
    static final Pattern PATH = Pattern.compile("/applications\\(appId='([^']*)'\\)(/extensionProperties)?");
    private static final Duration SECRET = Duration.ofDays(400);

    private final ExtensionAttributes extensions;
    private final GraphErrors errors;
    private final Clock clock;
    private volatile Duration secretHolds = SECRET;

    GraphApplications(ExtensionAttributes extensions, GraphErrors errors, Clock clock) {
        this.extensions = extensions;
        this.errors = errors;
        this.clock = clock;
    }

    /** How long Usher's client secret still holds; 400 days unless set. */
    void secretHolds(Duration time) {
        secretHolds = time;
    }

    void reset() {
        secretHolds = SECRET;
    }

    Answer answer(Matcher path) {
        String id = path.group(1);
        boolean isOwner = id.contains("-") && id.replace("-", "").equals(EntraTenant.EXTENSIONS_APP);
        if (!isOwner && !id.equals(EntraTenant.CLIENT_ID)) {
            return errors.notFound(id);
        }
        ObjectNode body = Json.object();
        if (path.group(2) != null) {
            var value = body.putArray("value");
            if (isOwner) {
                extensions.names().forEach(name -> value.addObject().put("name", name));
            }
            return Answer.json(200, GraphErrors.TYPE, body);
        }
        var secrets = body.put("appId", id).putArray("passwordCredentials");
        body.putArray("keyCredentials");
        if (!isOwner) {
            secrets.addObject()
                    .put("endDateTime", clock.instant().plus(secretHolds).toString());
        }
        return Answer.json(200, GraphErrors.TYPE, body);
    }
}
