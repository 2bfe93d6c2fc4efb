package dev.usher.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xnio.XnioWorker;

/** One vendor, simulated on one port. The control API and {@code Sandbox} know systems only through this. */
public interface SimulatedSystem {
    /** The word for the system in the control API, in ports and in properties. */
    String name();

    /** The port it has unless moved. */
    int standardPort();

    /** Starts on the loopback address. @param port 0 for a free one */
    void start(XnioWorker worker, int port);

    /** Stops listening and closes open connections. */
    void stop();

    /** The port it listens on; only after the start. */
    int port();

    /** What it now holds, as the vendor would show it. */
    List<ObjectNode> records();

    /** Every request since the start or since {@link #forgetCalls}, oldest first. */
    List<? extends LoggedCall> calls();

    void forgetCalls();

    Faults faults();

    /** Replaces every limit, the vendor's own ones too. */
    void limit(Limit limit);

    /** Takes every limit away. */
    void unlimit();

    /** Empties everything, heals, and puts the vendor's limits and all settings back. */
    void reset();

    /** Spring properties that point Usher at this system. */
    Map<String, String> properties();

    /**
     * A control call of this system's own, below {@code /systems/{name}/}.
     *
     * @param operation the rest of the path, without a leading slash
     * @return empty when it has no such operation
     * @throws IllegalArgumentException when the body is not as it must be
     */
    default Optional<Answer> control(String method, String operation, JsonNode body) {
        return Optional.empty();
    }
}
