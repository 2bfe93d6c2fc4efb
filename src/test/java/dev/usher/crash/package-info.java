/** Kills the packaged jar at random moments and looks whether anybody was lost or made twice. */
@NullMarked
package dev.usher.crash;

import org.jspecify.annotations.NullMarked;
