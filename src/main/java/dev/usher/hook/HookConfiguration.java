package dev.usher.hook;

import dev.usher.caller.Bodies;
import dev.usher.caller.Places;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/** Puts the filter in front of everything under {@code /hooks/}. */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

    /** How many bodies are read at a time, in all and of one address. */
    private static final int AT_ONCE = 64;

    private static final int AT_ONCE_OF_ONE = 16;

    @Bean
    FilterRegistrationBean<HookFilter> hookFilter(
            @Value("${usher.hooks.body-limit:1MB}") DataSize limit,
            @Value("${usher.hooks.body-time:10s}") Duration longest,
            @Value("${usher.hooks.calls-per-second:200}") int calls,
            List<HookSecret> secrets,
            Clock clock) {
        if (calls < 1) {
            throw new IllegalArgumentException("usher.hooks.calls-per-second is " + calls + ": set 1 or more");
        }
        Supplier<Bodies> bodies =
                () -> new Bodies("usher.hooks", limit, longest, new Places(AT_ONCE, AT_ONCE_OF_ONE), clock);
        var registration = new FilterRegistrationBean<>(
                new HookFilter(bodies.get(), bodies.get(), new Rate(calls, clock), secrets));
        registration.addUrlPatterns("/hooks/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
