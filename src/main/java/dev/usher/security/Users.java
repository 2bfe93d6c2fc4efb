package dev.usher.security;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
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
    LocalUsers localUsers(@Value("${usher.data}") Path folder, PasswordEncoder encoder, Environment environment) {
        boolean isSandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        return new LocalUsers(
                settings.users(),
                isSandbox && settings.users().isEmpty() ? new SandboxOperator(folder, encoder, environment) : null);
    }

    @Bean
    GuardedSignIn guardedSignIn(LocalUsers users, PasswordEncoder encoder, Clock clock) {
        var passwords = new DaoAuthenticationProvider(users::find);
        passwords.setPasswordEncoder(encoder);
        return new GuardedSignIn(passwords, new SignInThrottles(settings.throttle(), clock));
    }

    @Bean
    CommandKey commandKey(@Value("${usher.data}") Path folder) {
        return new CommandKey(folder);
    }
}
