/** A collector for the traces that tests look at. */
package dev.usher.trace;
