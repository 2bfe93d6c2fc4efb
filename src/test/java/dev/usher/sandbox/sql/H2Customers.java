package dev.usher.sandbox.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;

/** An H2 database in memory behind a TCP server of its own; two of them in one JVM do not see each other. */
final class H2Customers extends CustomersDatabase {
    private static final String PUBLIC_NAME = "mem:customers";
    private static final String TRIGGER =
            "create trigger write_down_change after insert, update, delete on customers for each row call \"%s\"";

    private final String privateName = "mem:customers_" + UUID.randomUUID();
    private final Connection keptOpen;
    private final Server server;

    H2Customers() throws SQLException {
        keptOpen = connect();
        prepare(TRIGGER.formatted(RowTrigger.class.getName()));
        server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", PUBLIC_NAME, privateName)
                .start();
    }

    @Override
    int port() {
        return server.getPort();
    }

    @Override
    String url(int proxy) {
        return "jdbc:h2:tcp://127.0.0.1:" + proxy + "/" + PUBLIC_NAME;
    }

    @Override
    Map<String, String> properties() {
        return Map.of();
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:" + privateName, USER, PASSWORD);
    }

    @Override
    void close() throws SQLException {
        server.stop();
        keptOpen.close();
    }
}
