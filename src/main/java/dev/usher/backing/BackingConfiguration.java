package dev.usher.backing;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The wait before any other bean is made, after the configuration was looked at. */
@Configuration(proxyBeanMethods = false)
class BackingConfiguration {

    @Bean
    static WaitAtStart waitAtStart(Environment environment) {
        return new WaitAtStart(environment);
    }
}
