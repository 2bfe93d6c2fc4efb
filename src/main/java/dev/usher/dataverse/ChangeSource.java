package dev.usher.dataverse;

import dev.usher.watermark.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Change tracking of contacts, as its stored link shows it. Dataverse tells no times with the changes. */
@Component
final class ChangeSource implements Source {

    private final ChangeLinks links;
    private final boolean on;

    ChangeSource(
            ChangeLinks links,
            DataverseSettings settings,
            @Value("${usher.dataverse.changes.enabled:true}") boolean read) {
        this.links = links;
        this.on = settings.enabled() && read;
    }

    @Override
    public String name() {
        return ContactChanges.SOURCE;
    }

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public @Nullable Instant polledAt() {
        var link = links.find(ContactChanges.SOURCE);
        return link == null ? null : link.readAt();
    }

    @Override
    public @Nullable Instant newest() {
        return null;
    }
}
