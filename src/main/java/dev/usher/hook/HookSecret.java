package dev.usher.hook;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How the caller of one webhook proves itself. Where a webhook has one, it is asked before the body is read, so that only
 * who knows the secret takes a place; the route asks again.
 */
public interface HookSecret {

    /** The path of the webhook, such as {@code /hooks/dataverse/contacts}. */
    String path();

    /** Whether header or query of this call hold a secret that is valid now. Its body must not be read. */
    boolean isIn(HttpServletRequest request);
}
