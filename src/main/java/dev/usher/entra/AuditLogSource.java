package dev.usher.entra;

import dev.usher.watermark.Source;
import dev.usher.watermark.Watermark;
import dev.usher.watermark.Watermarks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The directory audit log, as its watermark shows it. */
@Component
final class AuditLogSource implements Source {

    private final Watermarks watermarks;
    private final AuditLogPoll poll;
    private final boolean on;

    AuditLogSource(Watermarks watermarks, AuditLogPoll poll, @Value("${usher.entra.poll.enabled:true}") boolean on) {
        this.watermarks = watermarks;
        this.poll = poll;
        this.on = on;
    }

    @Override
    public String name() {
        return AuditLogPoll.SOURCE;
    }

    @Override
    public boolean isOn() {
        return on;
    }

    @Override
    public @Nullable Instant polledAt() {
        var mark = mark();
        var stored = mark == null ? null : mark.polledAt();
        var own = poll.endedAt();
        return stored == null || own != null && own.isAfter(stored) ? own : stored;
    }

    @Override
    public @Nullable Instant newest() {
        var mark = mark();
        return mark == null ? null : mark.newest();
    }

    private @Nullable Watermark mark() {
        return watermarks.find(AuditLogPoll.SOURCE);
    }
}
