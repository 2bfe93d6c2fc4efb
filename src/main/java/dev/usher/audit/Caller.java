package dev.usher.audit;

import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Who calls, as the audit trail names them. */
public final class Caller {

    private Caller() {}

    /** The name of who signed in. */
    public static String name(@Nullable Principal principal) {
        return principal == null ? "nobody signed in" : principal.getName();
    }
}
