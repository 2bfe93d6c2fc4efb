/** The start: checks what can be known before anything runs, and says of every failure what, where, and what to do. */
@NullMarked
package dev.usher.startup;

import org.jspecify.annotations.NullMarked;
