package dev.usher.hook;

import dev.usher.caller.Bodies;
import dev.usher.caller.BodyRefused;
import dev.usher.caller.Network;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through to the webhooks only a POST of JSON by who knows the secret, of bounded size, read as a whole and in bounded
 * time: Camel itself takes bodies of any length. Everything else is answered 405, 415, 401, 413 or 408 with
 * {@code {"error": "…"}}; 503, after which Dataverse tries again, to an address that calls too often and when too many bodies
 * are being read at once.
 */
final class HookFilter extends OncePerRequestFilter {

    private final Bodies ofCallers;
    private final Bodies ofStrangers;
    private final Rate rate;
    private final List<HookSecret> secrets;

    /**
     * @param ofCallers reads what comes with a secret
     * @param ofStrangers reads what comes to paths that have none to show here; its places are others
     */
    HookFilter(Bodies ofCallers, Bodies ofStrangers, Rate rate, List<HookSecret> secrets) {
        this.ofCallers = ofCallers;
        this.ofStrangers = ofStrangers;
        this.rate = rate;
        this.secrets = secrets;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "only POST is possible here");
            return;
        }
        if (!isJson(request.getContentType())) {
            refuse(
                    response,
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "the content type must be application/json");
            return;
        }
        var secret = secrets.stream()
                .filter(one -> one.path().equals(request.getServletPath()))
                .findFirst();
        boolean isCaller = secret.isPresent() && secret.get().isIn(request);
        // Strangers who share an address with a caller, behind a proxy, must not use up its allowance.
        if (!rate.allows((isCaller ? "" : "stranger ") + Network.of(request.getRemoteAddr()))) {
            response.setHeader("Retry-After", "1");
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "too many calls: wait a second");
        } else if (secret.isPresent() && !isCaller) {
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "the secret is missing or wrong");
        } else {
            pass(isCaller ? ofCallers : ofStrangers, request, response, chain);
        }
    }

    private static void pass(Bodies bodies, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest read;
        try {
            read = bodies.read(request);
        } catch (BodyRefused e) {
            e.answer(response);
            refuse(response, response.getStatus(), e.message());
            return;
        }
        chain.doFilter(read, response);
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).strip().matches("application/json\\s*(;.*)?");
    }

    private static void refuse(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getWriter().write("{\"error\":\"" + message + "\"}");
    }
}
