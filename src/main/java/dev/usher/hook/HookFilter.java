package dev.usher.hook;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through to the webhooks only a POST of JSON of bounded size, read as a whole and in bounded time: Camel itself takes
 * bodies of any length. Everything else is answered 405, 415, 413 or 408 with {@code {"error": "…"}}; 429 to an address that
 * calls too often, and 503 when too many bodies are being read at once.
 */
final class HookFilter extends OncePerRequestFilter {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int CHUNK = 8192;
    /** How many bodies are read at a time: whoever sends slowly occupies a place, never all threads of the server. */
    private static final int AT_ONCE = 64;

    private final int limit;
    private final Duration longest;
    private final Rate rate;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /**
     * @param limit of a body, less than 2 GB
     * @param longest how long a body may take to come
     */
    HookFilter(DataSize limit, Duration longest, Rate rate, Clock clock) {
        this.limit = (int) limit.toBytes();
        this.longest = longest;
        this.rate = rate;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "only POST is possible here");
        } else if (!isJson(request.getContentType())) {
            refuse(
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "the content type must be application/json");
        } else if (request.getContentLengthLong() > limit) {
            tooLong(response);
        } else if (!rate.allows(request.getRemoteAddr())) {
            response.setHeader("Retry-After", "1");
            refuse(response, TOO_MANY_REQUESTS, "too many calls: wait a second");
        } else {
            var body = body(request, response);
            if (body != null) {
                chain.doFilter(new Read(request, body), response);
            }
        }
    }

    /** The whole body; null when it was refused. */
    private byte @Nullable [] body(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            response.setHeader("Retry-After", "5");
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "too many calls at once: try again");
            return null;
        }
        try {
            var end = clock.instant().plus(longest);
            var body = new ByteArrayOutputStream();
            var input = request.getInputStream();
            var chunk = new byte[CHUNK];
            for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
                body.write(chunk, 0, read);
                if (body.size() > limit) {
                    tooLong(response);
                    return null;
                }
                if (clock.instant().isAfter(end)) {
                    tooSlow(response);
                    return null;
                }
            }
            return body.toByteArray();
        } catch (SocketTimeoutException e) {
            tooSlow(response);
            return null;
        } finally {
            places.release();
        }
    }

    private void tooSlow(HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        refuse(
                response,
                HttpServletResponse.SC_REQUEST_TIMEOUT,
                "the body took longer than " + longest.toMillis() + " ms");
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).strip().matches("application/json\\s*(;.*)?");
    }

    private void tooLong(HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        refuse(
                response,
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                "the body is longer than " + limit + " bytes");
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getWriter().write("{\"error\":\"" + message + "\"}");
    }

    /** The request with its body read already. */
    private static final class Read extends HttpServletRequestWrapper {

        private final byte[] body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Bytes extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int from, int length) {
            return bytes.read(target, from, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read already");
        }
    }
}
