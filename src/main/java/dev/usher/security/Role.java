package dev.usher.security;

import java.util.Locale;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What a user may do. An operator may do what a viewer may. */
enum Role {
    /** Reads pages and figures. */
    VIEWER("ROLE_VIEWER"),
    /** Also replays, starts, releases and changes, and sees personal data where it is shown. */
    OPERATOR("ROLE_VIEWER", "ROLE_OPERATOR");

    private final String[] authorities;

    Role(String... authorities) {
        this.authorities = authorities;
    }

    Set<GrantedAuthority> authorities() {
        return Set.copyOf(AuthorityUtils.createAuthorityList(authorities));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
