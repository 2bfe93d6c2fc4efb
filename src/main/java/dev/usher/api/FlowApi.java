package dev.usher.api;

import dev.usher.flow.Flow;
import dev.usher.flow.FlowFigures;
import dev.usher.flow.SourceDetail;
import dev.usher.flow.Sources;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Flow", description = "Whether people arrive: live figures of sources, router and destinations.")
@RestController
final class FlowApi {

    private final Flow flow;
    private final Sources sources;

    FlowApi(Flow flow, Sources sources) {
        this.flow = flow;
        this.sources = sources;
    }

    @Operation(summary = "Show the figures of the flow, at most a second old, and one verdict over them")
    @GetMapping("/api/flow")
    FlowFigures flow() {
        return flow.now();
    }

    @Operation(summary = "Show the sources: how far each is read, what it lost, how late its records come")
    @GetMapping("/api/sources")
    List<SourceDetail> sources() {
        return sources.all();
    }
}
