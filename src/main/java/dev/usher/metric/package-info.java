/** The figures that Prometheus reads, as far as they are not counted where things happen. */
@NullMarked
package dev.usher.metric;

import org.jspecify.annotations.NullMarked;
