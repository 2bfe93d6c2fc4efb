package dev.usher.startup;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The checks that run before any other bean is made. */
@Configuration(proxyBeanMethods = false)
class StartupConfiguration {

    @Bean
    static Preflight preflight(Environment environment) {
        return new Preflight(environment);
    }
}
