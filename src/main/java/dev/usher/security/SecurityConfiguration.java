package dev.usher.security;

import dev.usher.caller.Bodies;
import dev.usher.caller.Places;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/**
 * The three kinds of requests: webhooks, which prove themselves; programs, which bring credentials each time; people, who
 * sign in. The same rules serve the main port and the management port.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SecurityConfiguration {

    /** How many bodies are read at a time, in all and of one address; the server has 200 threads. */
    private static final int BODIES_AT_ONCE = 64;

    private static final int BODIES_OF_ONE = 16;

    @Bean
    SessionStore securitySessions(SecuritySettings settings, Clock clock) {
        return new SessionStore(settings.sessions(), clock);
    }

    /** Before every other filter; the management port registers it once more. */
    @Bean
    FilterRegistrationBean<BodyFilter> bodyFilter(SecuritySettings settings, Clock clock) {
        var places = new Places(BODIES_AT_ONCE, BODIES_OF_ONE);
        var registration = new FilterRegistrationBean<>(
                new BodyFilter(new Bodies("usher.security", settings.bodyLimit(), settings.bodyTime(), places, clock)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    Refusal securityRefusal(Environment environment, SecuritySettings settings) {
        return new Refusal(environment, settings.consoleUrl());
    }

    @Bean
    ContentPolicy contentPolicy(Environment environment) {
        return new ContentPolicy(environment);
    }

    @Bean
    @Order(1)
    SecurityFilterChain doorOfHooks(HttpSecurity http, ContentPolicy content) throws Exception {
        return http.securityMatcher(Paths.HOOKS)
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .headers(headers -> headers(headers, content))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain doorOfPrograms(HttpSecurity http, CommandKey key, Refusal refusal, ContentPolicy content)
            throws Exception {
        return http.securityMatcher(request ->
                        request.getHeader(HttpHeaders.AUTHORIZATION) != null && Paths.PROGRAMS.matches(request))
                .authorizeHttpRequests(Paths::rules)
                .headers(headers -> headers(headers, content))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .httpBasic(basic -> basic.authenticationEntryPoint(refusal))
                .addFilterBefore(new SameOriginFilter(refusal), BasicAuthenticationFilter.class)
                .addFilterBefore(new BearerFilter(key, refusal), BasicAuthenticationFilter.class)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain doorOfPeople(
            HttpSecurity http, SecuritySettings settings, Refusal refusal, ContentPolicy content) throws Exception {
        http.authorizeHttpRequests(Paths::rules)
                .headers(headers -> headers(headers, content))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens()).csrfTokenRequestHandler(new TokenHandler()))
                .addFilterBefore(new SameOriginFilter(refusal), CsrfFilter.class)
                .requestCache(cache -> cache.requestCache(pages()))
                .formLogin(form -> form.loginPage(Refusal.SIGN_IN)
                        .defaultSuccessUrl("/")
                        .failureUrl(Refusal.SIGN_IN + "?why=failed"))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl(Refusal.SIGN_IN + "?why=out"))
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusal).accessDeniedHandler(refusal));
        if (settings.entra().isUsed()) {
            new EntraSignIn(settings.entra()).addTo(http);
        }
        return http.build();
    }

    /** Scripts may read the cookie: Hawtio's sends its value back as a header. */
    private static CookieCsrfTokenRepository tokens() {
        var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
        return tokens;
    }

    /** Only a page that a person asked for is gone back to after the sign-in. */
    private static HttpSessionRequestCache pages() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> request.getMethod().equals("GET") && Refusal.isForPeople(request));
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, ContentPolicy policy) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(
                        permissions -> permissions.policy("camera=(), geolocation=(), microphone=(), payment=()"))
                .addHeaderWriter(policy)
                .contentTypeOptions(Customizer.withDefaults());
    }
}
