package dev.usher.sandbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioWorker;

/**
 * A system that does not speak HTTP. Its limits count connections: those open, and those opened within a second; a connection over a limit is
 * closed at once.
 */
public abstract class TcpSystem implements SimulatedSystem {
    private final Faults faults = new Faults();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger served = new AtomicInteger();
    private volatile Limit limit = new Limit(null, null);
    private volatile @Nullable SlidingWindow window;
    private @Nullable ServerSocket server;

    /** Serves one connection, on a thread of its own, until it ends. */
    protected abstract void serve(Socket client) throws IOException;

    /** What must run before the first connection. */
    protected void begin() {}

    /** Ends what {@link #begin} started. */
    protected void end() {}

    /** Empties what it holds. */
    protected abstract void empty();

    @Override
    public final void start(XnioWorker worker, int port) {
        try {
            begin();
            server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServerSocket listening = server;
        daemon(name() + " accepts", () -> accept(listening));
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                if (overLimit()) {
                    client.close();
                } else {
                    daemon(name() + " serves", () -> run(client));
                }
            } catch (IOException e) {
                continue;
            }
        }
    }

    private boolean overLimit() {
        SlidingWindow rate = window;
        Integer most = limit.concurrent();
        return most != null && served.get() >= most || rate != null && !rate.admit();
    }

    private void run(Socket client) {
        served.incrementAndGet();
        open.add(client);
        try (client) {
            serve(client);
        } catch (IOException e) {
            open.remove(client);
        } finally {
            open.remove(client);
            served.decrementAndGet();
        }
    }

    /** Starts a thread that does not keep the JVM alive. */
    protected static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, "sandbox-" + name.replace(' ', '-'));
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets the calling connection wait, as a latency fault orders. */
    protected static void pause(Duration latency) throws IOException {
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public final void stop() {
        try {
            if (server != null) {
                server.close();
            }
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            end();
        }
    }

    @Override
    public final int port() {
        if (server == null) {
            throw new IllegalStateException(name() + " is not started");
        }
        return server.getLocalPort();
    }

    @Override
    public final Faults faults() {
        return faults;
    }

    @Override
    public final void limit(Limit ordered) {
        limit = ordered;
        window = ordered.perSecond() == null ? null : new SlidingWindow(ordered.perSecond(), Duration.ofSeconds(1));
    }

    @Override
    public final void unlimit() {
        limit(new Limit(null, null));
    }

    @Override
    public final void reset() {
        faults.heal();
        unlimit();
        empty();
        forgetCalls();
    }
}
