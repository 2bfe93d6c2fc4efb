package dev.usher.security;

import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may ask for what, on both ports. What is not named here is for viewers when it is read, else for operators. */
final class Paths {

    static final RequestMatcher HOOKS = any("/hooks/**");
    static final RequestMatcher HAWTIO = any("/actuator/hawtio", "/actuator/hawtio/**");
    /** By which Hawtio's page asks: hundreds of kilobytes of names in one call. */
    static final RequestMatcher HAWTIO_CALLS = any("/actuator/hawtio/jolokia", "/actuator/hawtio/jolokia/**");
    /** Where programs may come with credentials in each request. */
    static final RequestMatcher PROGRAMS = any("/api/**", "/actuator/**");

    private static final RequestMatcher OPEN =
            reads("/sign-in", "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");
    /** What the sign-in page is made of. */
    private static final RequestMatcher STATIC = reads("/assets/*", "/favicon.ico", "/webjars/htmx.org/**");
    /** Hawtio's proxy calls any address; its other ways in are not ours. */
    private static final RequestMatcher NEVER =
            any("/actuator/hawtio/proxy/**", "/actuator/hawtio/auth/login/**", "/jolokia/**", "/proxy/**");

    private static final RequestMatcher FIGURES = reads(
            "/actuator/health/**",
            "/actuator/info",
            "/actuator/prometheus",
            "/actuator/metrics",
            "/actuator/metrics/**");
    private static final RequestMatcher MANAGEMENT = any("/actuator", "/actuator/**");
    /** Shows names and addresses of people, or calls every vendor. */
    private static final RequestMatcher PERSONAL =
            any("/people/*/dry-run", "/people/*/plan", "/api/people/*/dry-run", "/api/people/*/plan", "/api/doctor");

    /** A question, posted because it may be an address, which must not stand in a log of addresses. */
    private static final RequestMatcher SEARCH = posts("/people", "/api/people/search");

    private Paths() {}

    static void rules(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll()
                .requestMatchers(OPEN, STATIC)
                .permitAll()
                .requestMatchers(NEVER)
                .denyAll()
                .requestMatchers(FIGURES)
                .hasRole(Role.VIEWER.name())
                .requestMatchers(MANAGEMENT, PERSONAL)
                .hasRole(Role.OPERATOR.name())
                .requestMatchers(SEARCH, reads("/**"))
                .hasRole(Role.VIEWER.name())
                .anyRequest()
                .hasRole(Role.OPERATOR.name());
    }

    private static RequestMatcher any(String... patterns) {
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toList());
    }

    private static RequestMatcher posts(String... patterns) {
        var paths = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>map(pattern -> paths.matcher(HttpMethod.POST, pattern))
                .toList());
    }

    private static RequestMatcher reads(String... patterns) {
        var paths = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>mapMulti((pattern, both) -> {
                    both.accept(paths.matcher(HttpMethod.GET, pattern));
                    both.accept(paths.matcher(HttpMethod.HEAD, pattern));
                })
                .toList());
    }
}
