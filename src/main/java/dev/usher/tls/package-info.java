/** Usher's own certificate, where TLS ends at it: {@code server.ssl.*}. */
@NullMarked
package dev.usher.tls;

import org.jspecify.annotations.NullMarked;
