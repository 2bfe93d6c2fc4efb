/** Deliveries given up: what an operator sees of them, and their way back, or out. */
@NullMarked
package dev.usher.deadletter;

import org.jspecify.annotations.NullMarked;
