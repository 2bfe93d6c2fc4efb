/** Who did what: every change that a person asked for, by console, API or command. */
@NullMarked
package dev.usher.audit;

import org.jspecify.annotations.NullMarked;
