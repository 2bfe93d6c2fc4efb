/** Who gets what: the router re-reads the user an event speaks of and queues it for every destination that must know. */
@NullMarked
package dev.usher.router;

import org.jspecify.annotations.NullMarked;
