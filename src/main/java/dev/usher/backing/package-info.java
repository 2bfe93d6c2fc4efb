/**
 * What Usher itself stands on, where it is not in the process: the database of its state and an external broker. The start
 * waits for them; while they are lost everything waits, and the log says so in one line.
 */
@NullMarked
package dev.usher.backing;

import org.jspecify.annotations.NullMarked;
