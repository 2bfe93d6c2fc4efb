package dev.usher.security;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Many connections of one stranger, each of which sends a body drop by drop, for ever. */
final class Drips implements AutoCloseable {

    private static final long EVERY = 200;

    private final List<Socket> open = new ArrayList<>();
    private final Map<Socket, Integer> statuses = new LinkedHashMap<>();
    private final ScheduledExecutorService tap = Executors.newSingleThreadScheduledExecutor();

    /** @param head request line and headers, without a length and without the empty line at the end */
    Drips(URI address, int connections, String head) throws IOException {
        for (int i = 0; i < connections; i++) {
            var socket = new Socket(address.getHost(), address.getPort());
            open.add(socket);
            socket.getOutputStream()
                    .write((head + "Host: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        tap.scheduleWithFixedDelay(this::drop, 0, EVERY, TimeUnit.MILLISECONDS);
    }

    private void drop() {
        for (var socket : open) {
            try {
                socket.getOutputStream().write('a');
            } catch (IOException e) {
                // cut off, as it should be
            }
        }
    }

    /** The statuses of those that were answered so far. */
    List<Integer> answers() {
        for (var socket : open) {
            try {
                if (!statuses.containsKey(socket) && socket.getInputStream().available() > 0) {
                    statuses.put(socket, Raw.status(socket));
                }
            } catch (IOException e) {
                statuses.put(socket, 0);
            }
        }
        return List.copyOf(statuses.values());
    }

    @Override
    public void close() throws IOException {
        tap.shutdownNow();
        for (var socket : open) {
            socket.close();
        }
    }
}
