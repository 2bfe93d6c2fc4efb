package dev.usher.sandbox.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Fault;
import dev.usher.sandbox.server.LoggedCall;
import dev.usher.sandbox.server.TcpSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An SQL database with a table {@code customers}, reached through a proxy that misbehaves. What a fault's share, count and path act on are the
 * packets a client sends, which are about one for each statement, commit or log-in; their path is {@code /customers}.
 *
 * <ul>
 *   <li>status, or cut before: the connection is closed instead of passing the packet on;
 *   <li>cut after: the packet is passed on, and the connection closed when the database answers;
 *   <li>malformed: the client gets bytes that mean nothing, and the connection is closed;
 *   <li>latency: the packet is passed on late.
 * </ul>
 *
 * <p>Its calls are the committed changes of rows, and no limit is on unless ordered.
 */
public final class SqlSystem extends TcpSystem {
    /** The system property that says which database it is: H2 unless it is {@code postgresql}. */
    public static final String DATABASE = "sandbox.sql";

    private static final String TARGET = "/customers";
    private @Nullable CustomersDatabase database;

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public int standardPort() {
        return 9407;
    }

    /** Address for JDBC; user {@code sa}, password {@code sandbox}. */
    public String jdbcUrl() {
        return database().url(port());
    }

    @Override
    protected void begin() {
        boolean postgres = "postgresql".equals(System.getProperty(DATABASE));
        database = attempt(postgres ? PostgresCustomers::new : H2Customers::new);
    }

    @Override
    protected void end() {
        if (database != null) {
            run(database::close);
        }
    }

    private CustomersDatabase database() {
        return Objects.requireNonNull(database, "the sql system is not started");
    }

    @Override
    protected void serve(Socket client) throws IOException {
        try (Socket backend =
                new Socket(InetAddress.getLoopbackAddress(), database().port())) {
            backend.setTcpNoDelay(true);
            new Relay(client, backend, this::nextFault).run();
        }
    }

    private @Nullable Fault nextFault() {
        return faults().next(TARGET);
    }

    /** Carries bytes both ways until one side ends. */
    private record Relay(Socket client, Socket backend, State state) {
        private static final int BUFFER = 16 * 1024;
        private static final byte[] GARBAGE = {0x7f, 0x00, 0x13, 0x37, (byte) 0xfe, 0x01, 0x55, 0x2a};

        Relay(Socket client, Socket backend, java.util.function.Supplier<@Nullable Fault> faults) {
            this(client, backend, new State(faults));
        }

        void run() throws IOException {
            daemon("sql answers", this::answers);
            byte[] buffer = new byte[BUFFER];
            int length = client.getInputStream().read(buffer);
            while (length >= 0 && passes(buffer, length)) {
                length = client.getInputStream().read(buffer);
            }
        }

        private boolean passes(byte[] packet, int length) throws IOException {
            Fault fault = state.faults.get();
            if (fault != null) {
                pause(fault.latency());
                if (fault.malformed()) {
                    client.getOutputStream().write(GARBAGE);
                    return false;
                }
                if (fault.status() != null || fault.cut() == Fault.Cut.BEFORE) {
                    return false;
                }
                state.swallow = fault.cut() == Fault.Cut.AFTER;
            }
            backend.getOutputStream().write(packet, 0, length);
            return true;
        }

        private void answers() {
            byte[] buffer = new byte[BUFFER];
            try (client;
                    backend) {
                int length = backend.getInputStream().read(buffer);
                while (length >= 0 && !state.swallow) {
                    client.getOutputStream().write(buffer, 0, length);
                    length = backend.getInputStream().read(buffer);
                }
            } catch (IOException e) {
                state.swallow = true;
            }
        }
    }

    private static final class State {
        private final java.util.function.Supplier<@Nullable Fault> faults;
        private volatile boolean swallow;

        State(java.util.function.Supplier<@Nullable Fault> faults) {
            this.faults = faults;
        }
    }

    @Override
    public List<ObjectNode> records() {
        return attempt(database()::rows);
    }

    @Override
    public List<? extends LoggedCall> calls() {
        return attempt(database()::changes);
    }

    @Override
    public void forgetCalls() {
        run(database()::forgetChanges);
    }

    @Override
    protected void empty() {
        run(database()::empty);
    }

    @Override
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(database().properties());
        properties.put("usher.destinations.sql.data-source.url", jdbcUrl());
        return properties;
    }

    private interface Query<T> {
        T get() throws SQLException;
    }

    private interface Update {
        void run() throws SQLException;
    }

    private static <T> T attempt(Query<T> query) {
        try {
            return query.get();
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException("the sandbox's own database failed", e));
        }
    }

    private static void run(Update update) {
        attempt(() -> {
            update.run();
            return true;
        });
    }
}
