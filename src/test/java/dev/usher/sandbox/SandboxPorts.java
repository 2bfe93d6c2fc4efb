package dev.usher.sandbox;

/** Where the systems of a sandbox listen. */
@FunctionalInterface
public interface SandboxPorts {
    /**
     * The port for a system, or for {@code control}.
     *
     * @param standard the one it has unless moved
     * @return 0 for any free one
     */
    int of(String system, int standard);

    /** The documented ports; each is moved by the system property {@code sandbox.port.<system>}. */
    static SandboxPorts standard() {
        return (system, standard) -> Integer.getInteger("sandbox.port." + system, standard);
    }

    /** Free ports, for tests. */
    static SandboxPorts random() {
        return (system, standard) -> 0;
    }
}
