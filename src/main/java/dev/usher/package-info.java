/** Usher keeps customer identities in step. One package a feature, named along the flow of an event. */
@NullMarked
package dev.usher;

import org.jspecify.annotations.NullMarked;
