/** How the guard counts, holds and lets go, on every database. */
@org.jspecify.annotations.NullMarked
package dev.usher.leaving;
