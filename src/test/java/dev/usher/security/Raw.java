package dev.usher.security;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request byte by byte, as no HTTP client would send it. */
final class Raw {

    private static final int PATIENCE = (int) Duration.ofSeconds(20).toMillis();

    private Raw() {}

    /** @return the status of the answer; 0 when the connection was closed without one */
    static int status(URI address, String request) {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return status(socket);
        } catch (IOException e) {
            return 0;
        }
    }

    static int status(Socket socket) throws IOException {
        var line = new StringBuilder();
        var in = socket.getInputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        var parts = line.toString().split(" ");
        return parts.length < 2 ? 0 : Integer.parseInt(parts[1].strip());
    }
}
