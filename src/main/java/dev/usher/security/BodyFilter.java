package dev.usher.security;

import dev.usher.caller.Bodies;
import dev.usher.caller.BodyRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body of every request before anything else does: the CSRF filter looks into forms of strangers, for as long as
 * they send. Webhooks have a filter of their own; a program's call, and Hawtio's, is read when its credentials were looked at.
 */
final class BodyFilter extends OncePerRequestFilter {

    private final Bodies bodies;

    BodyFilter(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        boolean hasNone =
                request.getContentLengthLong() <= 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
        return hasNone || Paths.HOOKS.matches(request) || isOfAProgram(request) || isOfHawtio(request);
    }

    /** Forms excepted: Spring's filters would read one before anybody is known. */
    private static boolean isOfAProgram(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null
                && Paths.PROGRAMS.matches(request)
                && StringUtils.startsWithIgnoreCase(request.getContentType(), "application/json");
    }

    /** As of a program: who is nobody is refused before anything reads JSON. */
    private static boolean isOfHawtio(HttpServletRequest request) {
        var type = request.getContentType();
        return Paths.HAWTIO_CALLS.matches(request)
                && (StringUtils.startsWithIgnoreCase(type, "application/json")
                        || StringUtils.startsWithIgnoreCase(type, "text/json"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest read;
        try {
            read = bodies.read(request);
        } catch (BodyRefused e) {
            e.answer(response);
            Refusal.problem(response, HttpStatus.valueOf(response.getStatus()), e.message());
            return;
        }
        chain.doFilter(read, response);
    }
}
