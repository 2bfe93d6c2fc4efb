package dev.usher.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** The users of the configuration; in the sandbox, where there are none, its own. */
final class LocalUsers {

    private final Map<String, SecuritySettings.LocalUser> users = new LinkedHashMap<>();

    private final @Nullable SandboxOperator sandbox;

    LocalUsers(List<SecuritySettings.LocalUser> configured, @Nullable SandboxOperator sandbox) {
        this.sandbox = sandbox;
        configured.forEach(user -> users.put(user.name(), user));
        if (sandbox != null) {
            users.put(SandboxOperator.NAME, sandbox.user());
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        if (sandbox != null) {
            sandbox.tell();
        }
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    boolean knows(String name) {
        return users.containsKey(name);
    }

    /** @throws UsernameNotFoundException when there is none of this name */
    UserDetails find(String name) {
        var user = users.get(name);
        if (user == null) {
            throw new UsernameNotFoundException("there is no such user");
        }
        return new User(user.name(), user.hash(), user.role().authorities());
    }
}
