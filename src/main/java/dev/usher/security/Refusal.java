package dev.usher.security;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.tls.OwnTls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/**
 * What is answered to whoever may not: people are sent to the sign-in page or shown an error page, programs get a problem
 * document (RFC 9457).
 */
final class Refusal implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String SIGN_IN = "/sign-in";
    /** Where a tunnel ends, both ports of it: the console's public name would not share its cookies. */
    private static final Set<String> TUNNEL = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Environment environment;
    private final String consoleUrl;

    Refusal(Environment environment, String consoleUrl) {
        this.environment = environment;
        this.consoleUrl = consoleUrl;
    }

    /** Whether a person's browser asks for a page. */
    static boolean isForPeople(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.toLowerCase(Locale.ROOT).contains("text/html")
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && request.getHeader("HX-Request") == null
                && !request.getRequestURI().startsWith("/api/");
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (isForPeople(request)) {
            response.sendRedirect(signIn(request));
            return;
        }
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", SIGN_IN);
        }
        // "Basic" here would make browsers ask for a password and send it by themselves from then on.
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"usher\"");
        problem(
                response,
                HttpStatus.UNAUTHORIZED,
                "this needs a user: sign in at " + SIGN_IN + ", or send name and password by HTTP Basic");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        var detail = cause instanceof CsrfException
                ? "the CSRF token is missing or too old: load the page again"
                : "your role does not allow this, or the request came from another site's page";
        if (isForPeople(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, detail);
        } else {
            problem(response, HttpStatus.FORBIDDEN, detail);
        }
    }

    /** Hawtio has no sign-in page of its own: its port sends people to the console's, whose session serves both. */
    private String signIn(HttpServletRequest request) {
        var port = environment.getProperty("local.server.port", Integer.class, request.getLocalPort());
        if (request.getLocalPort() == port) {
            return request.getContextPath() + SIGN_IN;
        }
        boolean isSameHost = consoleUrl.isEmpty() || TUNNEL.contains(request.getServerName());
        return (isSameHost ? scheme(request) + "://" + request.getServerName() + ":" + port : consoleUrl) + SIGN_IN;
    }

    /** Where TLS ends before Usher, it does so for both ports; where it ends here, each has a setting of its own. */
    private String scheme(HttpServletRequest request) {
        var own = OwnTls.scheme(environment);
        return own.equals("https") ? own : request.getScheme();
    }

    static void problem(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter()
                .write(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "about:blank")
                        .put("title", status.getReasonPhrase())
                        .put("status", status.value())
                        .put("detail", detail)
                        .toString());
    }
}
