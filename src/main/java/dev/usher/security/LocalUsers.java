package dev.usher.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** The users of the configuration. */
final class LocalUsers implements UserDetailsService {

    private final Map<String, SecuritySettings.LocalUser> users = new LinkedHashMap<>();

    LocalUsers(List<SecuritySettings.LocalUser> users) {
        users.forEach(user -> this.users.put(user.name(), user));
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    boolean knows(String name) {
        return users.containsKey(name);
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        var user = users.get(name);
        if (user == null) {
            throw new UsernameNotFoundException("there is no such user");
        }
        return new User(user.name(), user.hash(), user.role().authorities());
    }
}
