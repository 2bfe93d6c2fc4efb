package dev.usher.router;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.event.IdentityEvent;
import java.util.List;
import org.springframework.stereotype.Component;

/** What counts as a change of a user: not what Usher itself writes into the directory, and not the bookkeeping. */
@Component
public final class UserHash {

    private final Fingerprint fingerprint;

    UserHash(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Keyed hash of the SCIM user's content, as {@code person.content_hash} holds it. The user is left as it is. */
    public String of(ObjectNode user) {
        var content = user.deepCopy();
        content.remove(List.of("meta", "userName"));
        if (content.get(IdentityEvent.EXTENSION) instanceof ObjectNode extension) {
            extension.remove(List.of("directory", "contact"));
        }
        return fingerprint.of(content);
    }
}
