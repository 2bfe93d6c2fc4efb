/** Calls to the systems of others: how many, how they were answered, how long they took. */
@NullMarked
package dev.usher.vendor;

import org.jspecify.annotations.NullMarked;
