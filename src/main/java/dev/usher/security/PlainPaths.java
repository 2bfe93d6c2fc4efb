package dev.usher.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses paths that mean another path than they say, before any other filter reads them: servlets that own a part of the
 * management port, as Jolokia's does, would make Spring's filters fail on them.
 */
final class PlainPaths extends OncePerRequestFilter {

    private static final Pattern TRICK =
            Pattern.compile(";|\\\\|//|/\\.{1,2}(/|$)|%(2e|2f|3b|5c|00)", Pattern.CASE_INSENSITIVE);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (TRICK.matcher(request.getRequestURI()).find()) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            chain.doFilter(request, response);
        }
    }
}
