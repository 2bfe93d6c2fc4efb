package dev.usher.console;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who acts, as the audit trail names them. */
final class Signed {

    private Signed() {}

    /** The name of who signed in. */
    static String name(@Nullable Principal principal) {
        return principal == null ? "nobody signed in" : principal.getName();
    }
}
