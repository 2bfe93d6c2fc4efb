package dev.usher.sandbox;

import dev.usher.sandbox.dataverse.DataverseSystem;
import dev.usher.sandbox.entra.EntraSystem;
import dev.usher.sandbox.mailchimp.MailchimpSystem;
import dev.usher.sandbox.server.SimulatedSystem;
import dev.usher.sandbox.stripe.StripeSystem;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/** Every system Usher talks to, simulated in this JVM on loopback ports, with one control API over them. */
public final class Sandbox implements AutoCloseable {
    private static final int CONTROL_PORT = 9400;
    private static final String CONTROL = "control";

    private final List<SimulatedSystem> systems;
    private final XnioWorker worker;
    private final Undertow control;

    private Sandbox(List<SimulatedSystem> systems, XnioWorker worker, Undertow control) {
        this.systems = systems;
        this.worker = worker;
        this.control = control;
    }

    /** Starts everything; ready when it returns. */
    public static Sandbox start(SandboxPorts ports) {
        return start(ports, Clock.systemUTC());
    }

    /**
     * Starts everything by a clock of the caller's.
     *
     * @param clock decides what is visible and what has run out; rate limits and latencies run by the real time
     * @throws IllegalStateException when a port is taken, naming the system and the property that moves it
     */
    public static Sandbox start(SandboxPorts ports, Clock clock) {
        List<SimulatedSystem> systems = Systems.all(clock);
        XnioWorker worker = worker();
        Undertow control = Undertow.builder()
                .setWorker(worker)
                .addHttpListener(ports.of(CONTROL, CONTROL_PORT), "127.0.0.1")
                .setHandler(new BlockingHandler(new ControlApi(systems)))
                .build();
        Sandbox sandbox = new Sandbox(systems, worker, control);
        try {
            for (SimulatedSystem system : systems) {
                begin(system.name(), () -> system.start(worker, ports.of(system.name(), system.standardPort())));
            }
            begin(CONTROL, control::start);
            return sandbox;
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private static void begin(String name, Runnable start) {
        try {
            start.run();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "The sandbox cannot open the port of \"" + name + "\": " + e.getMessage()
                            + ". Move it with -Dsandbox.port." + name + "=<port>, or end what listens there.",
                    e);
        }
    }

    private static XnioWorker worker() {
        try {
            return Xnio.getInstance(Sandbox.class.getClassLoader())
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_IO_THREADS, 2)
                            .set(Options.WORKER_TASK_CORE_THREADS, 2)
                            .set(Options.WORKER_TASK_MAX_THREADS, 4)
                            .set(Options.THREAD_DAEMON, true)
                            .set(Options.WORKER_NAME, "sandbox")
                            .set(Options.TCP_NODELAY, true)
                            .getMap());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Base address of the control API. */
    public URI control() {
        return URI.create("http://127.0.0.1:" + port(CONTROL));
    }

    /** The port of a system, or of {@code control}. @throws IllegalArgumentException for an unknown system */
    public int port(String system) {
        return system.equals(CONTROL)
                ? ((InetSocketAddress) control.getListenerInfo().get(0).getAddress()).getPort()
                : system(system).port();
    }

    public SimulatedSystem system(String name) {
        return systems.stream()
                .filter(system -> system.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no system \"" + name + "\"; there are "
                        + systems.stream().map(SimulatedSystem::name).toList()));
    }

    public EntraSystem entra() {
        return (EntraSystem) system("entra");
    }

    public StripeSystem stripe() {
        return (StripeSystem) system("stripe");
    }

    public MailchimpSystem mailchimp() {
        return (MailchimpSystem) system("mailchimp");
    }

    public DataverseSystem dataverse() {
        return (DataverseSystem) system("dataverse");
    }

    /** Names of the systems. */
    public List<String> names() {
        return systems.stream().map(SimulatedSystem::name).toList();
    }

    /** The Spring properties that point Usher at these ports. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        systems.forEach(system -> properties.putAll(system.properties()));
        return properties;
    }

    /** Empties everything, heals everything, and puts the vendors' limits and all settings back. */
    public void reset() {
        systems.forEach(SimulatedSystem::reset);
    }

    @Override
    public void close() {
        control.stop();
        systems.forEach(SimulatedSystem::stop);
        worker.shutdownNow();
    }
}
