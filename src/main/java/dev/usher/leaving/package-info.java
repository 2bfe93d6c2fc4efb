/** The mass-change guard: when too many users are disabled or deleted at once, an operator must confirm it. */
@NullMarked
package dev.usher.leaving;

import org.jspecify.annotations.NullMarked;
