package dev.usher.hook;

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
    FilterRegistrationBean<HookFilter> hookFilter(@Value("${usher.hooks.body-limit:1MB}") DataSize limit) {
        var most = DataSize.ofMegabytes(64);
        if (limit.toBytes() < 1 || limit.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "usher.hooks.body-limit is " + limit + ": set a size up to " + most + ", such as 1MB");
        }
        var registration = new FilterRegistrationBean<>(new HookFilter(limit));
        registration.addUrlPatterns("/hooks/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
