package dev.usher.security;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Who may sign in by name and password, and how that is checked. */
@Configuration(proxyBeanMethods = false)
class Users {

    private final SecuritySettings settings;

    Users(SecuritySettings settings) {
        this.settings = settings;
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder();
    }

    @Bean
    @Profile("sandbox")
    SandboxOperator sandboxOperator(
            @Value("${usher.data}") Path folder, PasswordEncoder encoder, Environment environment) {
        return new SandboxOperator(folder, encoder, environment);
    }

    @Bean
    LocalUsers localUsers(ObjectProvider<SandboxOperator> sandbox) {
        var operator = settings.users().isEmpty() ? sandbox.getIfAvailable() : null;
        return new LocalUsers(operator == null ? settings.users() : List.of(operator.user()));
    }

    @Bean
    GuardedSignIn guardedSignIn(LocalUsers users, PasswordEncoder encoder, Clock clock) {
        var passwords = new DaoAuthenticationProvider(users);
        passwords.setPasswordEncoder(encoder);
        var limits = settings.throttle();
        return new GuardedSignIn(
                passwords,
                new Throttle(limits.tries(), limits.first(), limits.longest(), clock),
                new Throttle(limits.triesOfAddress(), limits.first(), limits.longest(), clock));
    }

    @Bean
    CommandKey commandKey(@Value("${usher.data}") Path folder) {
        return new CommandKey(folder);
    }
}
