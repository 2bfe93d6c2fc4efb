/** What every webhook that others call has in common: what is refused before a route sees it, and how. */
@NullMarked
package dev.usher.hook;

import org.jspecify.annotations.NullMarked;
