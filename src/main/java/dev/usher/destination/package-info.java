/** The destinations: folders under {@code routes/destinations}, and how each is configured. */
@NullMarked
package dev.usher.destination;

import org.jspecify.annotations.NullMarked;
