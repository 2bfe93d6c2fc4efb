/** Measures the packaged jar from outside, next to two programs that do the same work with less care. */
@NullMarked
package dev.usher.benchmark;

import org.jspecify.annotations.NullMarked;
