package dev.usher.flow;

import dev.usher.watermark.Lateness;
import dev.usher.watermark.Watermarks;
import java.util.List;
import org.springframework.stereotype.Component;

/** The sources in detail, for the console and the API. */
@Component
public final class Sources {

    private final Flow flow;
    private final Watermarks watermarks;
    private final Lateness lateness;

    Sources(Flow flow, Watermarks watermarks, Lateness lateness) {
        this.flow = flow;
        this.watermarks = watermarks;
        this.lateness = lateness;
    }

    /** Every source, in the order of the overview. */
    public List<SourceDetail> all() {
        return flow.now().sources().stream()
                .map(source ->
                        new SourceDetail(source, watermarks.find(source.name()), lateness.histogram(source.name())))
                .toList();
    }
}
