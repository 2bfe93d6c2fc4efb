/** What content is: its keyed hash, by which two contents are compared without being kept. */
@NullMarked
package dev.usher.content;

import org.jspecify.annotations.NullMarked;
