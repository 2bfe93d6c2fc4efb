package dev.usher.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets the commands in by their key, as the operator {@code command line}. */
final class BearerFilter extends OncePerRequestFilter {

    static final String NAME = "command line";
    private static final String SCHEME = "bearer ";

    private final CommandKey key;
    private final AuthenticationEntryPoint refusal;

    BearerFilter(CommandKey key, AuthenticationEntryPoint refusal) {
        this.key = key;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var given = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            chain.doFilter(request, response);
        } else if (key.isKey(given.substring(SCHEME.length()).strip())) {
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(
                    UsernamePasswordAuthenticationToken.authenticated(NAME, null, Role.OPERATOR.authorities()));
            SecurityContextHolder.setContext(context);
            chain.doFilter(request, response);
        } else {
            refusal.commence(request, response, new BadCredentialsException("the key is wrong"));
        }
    }
}
