package dev.usher.entra;

import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.token.SandboxTokens;
import dev.usher.vendor.TestCalls;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The directory of a sandbox, for tests of other features. */
public final class SandboxDirectory {

    private SandboxDirectory() {}

    public static Directory of(Sandbox sandbox) {
        var settings = new EntraSettings(
                URI.create(sandbox.properties().get("usher.entra.graph-url")),
                EntraTenant.EXTENSIONS_APP,
                List.of(),
                Duration.ofSeconds(15));
        var graph = new Graph(settings, SandboxTokens.of(sandbox, Clock.systemUTC()), TestCalls.uncounted());
        var batches = new Batches(graph);
        return new Directory(settings, new UserReads(graph, batches, settings), batches);
    }
}
