/** Turns many callers at the same moment into few calls: batches that form by themselves, without delay or threads. */
@NullMarked
package dev.usher.gather;

import org.jspecify.annotations.NullMarked;
