/** The queues: Artemis inside this process by default, an external broker by configuration alone. */
@NullMarked
package dev.usher.broker;

import org.jspecify.annotations.NullMarked;
