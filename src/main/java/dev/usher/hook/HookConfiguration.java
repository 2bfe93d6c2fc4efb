package dev.usher.hook;

import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.unit.DataSize;

/** Puts the filter in front of everything under {@code /hooks/}. */
@Configuration(proxyBeanMethods = false)
class HookConfiguration {

    @Bean
    FilterRegistrationBean<HookFilter> hookFilter(
            @Value("${usher.hooks.body-limit:1MB}") DataSize limit,
            @Value("${usher.hooks.body-time:10s}") Duration longest,
            @Value("${usher.hooks.calls-per-second:200}") int calls,
            Clock clock) {
        var most = DataSize.ofMegabytes(64);
        if (limit.toBytes() < 1 || limit.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "usher.hooks.body-limit is " + limit + ": set a size up to " + most + ", such as 1MB");
        }
        if (calls < 1) {
            throw new IllegalArgumentException("usher.hooks.calls-per-second is " + calls + ": set 1 or more");
        }
        if (longest.toMillis() < 1) {
            throw new IllegalArgumentException("usher.hooks.body-time is " + longest + ": set a time such as 10s");
        }
        var registration = new FilterRegistrationBean<>(new HookFilter(limit, longest, new Rate(calls, clock), clock));
        registration.addUrlPatterns("/hooks/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
