/** What is only kept for a while, and goes when its time is over. */
@NullMarked
package dev.usher.retention;

import org.jspecify.annotations.NullMarked;
