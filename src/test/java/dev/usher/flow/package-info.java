/** The figures of the flow, and the verdict over them. */
@NullMarked
package dev.usher.flow;

import org.jspecify.annotations.NullMarked;
