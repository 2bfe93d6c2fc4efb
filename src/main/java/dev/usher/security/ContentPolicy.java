package dev.usher.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.env.Environment;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What a browser may load into our pages: files of this host, nothing written into the page itself. Hawtio's pages need more,
 * and get it on their own path only.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy</a>
 */
final class ContentPolicy implements HeaderWriter {

    private static final String HEADER = "Content-Security-Policy";
    private static final String OURS =
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    /** Hawtio writes styles into its pages, draws with data: images and evaluates the schemas of its forms. */
    private static final String OF_HAWTIO = "default-src 'self'; script-src 'self' 'unsafe-eval';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:;"
            + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private final Environment environment;

    ContentPolicy(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (Paths.HAWTIO.matches(request)) {
            response.setHeader(HEADER, OF_HAWTIO);
        } else if (request.getRequestURI().equals(request.getContextPath() + Refusal.SIGN_IN)) {
            response.setHeader(HEADER, OURS + managementPort(request));
        } else {
            response.setHeader(HEADER, OURS);
        }
    }

    /** Whoever came from Hawtio is sent back there by the sign-in form. */
    private String managementPort(HttpServletRequest request) {
        var port = environment.getProperty("local.management.port");
        return port == null ? "" : " " + request.getScheme() + "://" + request.getServerName() + ":" + port;
    }
}
