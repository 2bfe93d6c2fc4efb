/** Whether people arrive: the live figures of sources, router and destinations, and one verdict over them. */
@NullMarked
package dev.usher.flow;

import org.jspecify.annotations.NullMarked;
