/**
 * Tries every system with the real credentials, reading only. What is asked of a system and what its answers mean stands in
 * its folder: the route {@code examine-<system>} and {@code examine.jq}.
 */
@NullMarked
package dev.usher.doctor;

import org.jspecify.annotations.NullMarked;
