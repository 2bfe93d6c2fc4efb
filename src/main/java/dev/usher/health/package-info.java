/** What {@code /actuator/health} tells: whether this process works, and how each destination and source is. */
@NullMarked
package dev.usher.health;

import org.jspecify.annotations.NullMarked;
