package dev.usher.caller;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Reads bodies as a whole, of bounded size and in bounded time, so many at a time: whoever sends slowly occupies one of
 * these places, never all threads of the server.
 */
public final class Bodies {

    private static final int CHUNK = 8192;
    private static final DataSize MOST = DataSize.ofMegabytes(64);

    private final int limit;
    private final Duration longest;
    private final Places places;
    private final Clock clock;

    /**
     * @param key of the two settings {@code body-limit} and {@code body-time}, for what is said when one is wrong
     * @param limit of a body, 1 byte to 64 MB
     * @param longest how long a body may take to come, 1 ms or more. The server's own limit of a silence comes on top
     * @throws IllegalArgumentException when one is out of range
     */
    public Bodies(String key, DataSize limit, Duration longest, Places places, Clock clock) {
        if (limit.toBytes() < 1 || limit.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    key + ".body-limit is " + limit + ": set a size up to " + MOST + ", such as 1MB");
        }
        if (longest.toMillis() < 1) {
            throw new IllegalArgumentException(key + ".body-time is " + longest + ": set a time such as 10s");
        }
        this.limit = (int) limit.toBytes();
        this.longest = longest;
        this.places = places;
        this.clock = clock;
    }

    /**
     * The request with its body read, as often as it is asked for.
     *
     * @throws BodyRefused 413 when it is too long, 408 when it is too slow, 503 when too many are being read
     */
    public HttpServletRequest read(HttpServletRequest request) throws IOException, BodyRefused {
        if (request.getContentLengthLong() > limit) {
            throw tooLong();
        }
        var caller = Network.of(request.getRemoteAddr());
        if (!places.enter(caller)) {
            throw new BodyRefused(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE, "too many calls at once: try again in some seconds");
        }
        try {
            return new ReadRequest(request, bytes(request));
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } finally {
            places.leave(caller);
        }
    }

    private byte[] bytes(HttpServletRequest request) throws IOException, BodyRefused {
        var end = clock.instant().plus(longest);
        var body = new ByteArrayOutputStream();
        var input = request.getInputStream();
        var chunk = new byte[CHUNK];
        for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
            body.write(chunk, 0, read);
            if (body.size() > limit) {
                throw tooLong();
            }
            if (clock.instant().isAfter(end)) {
                throw tooSlow();
            }
        }
        return body.toByteArray();
    }

    private BodyRefused tooLong() {
        return new BodyRefused(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the body is longer than " + limit + " bytes");
    }

    private BodyRefused tooSlow() {
        return new BodyRefused(
                HttpServletResponse.SC_REQUEST_TIMEOUT, "the body took longer than " + longest.toMillis() + " ms");
    }
}
