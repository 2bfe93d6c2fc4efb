/** The identity event: what every source makes, and the durable queue that carries it to the router. */
@NullMarked
package dev.usher.event;

import org.jspecify.annotations.NullMarked;
