/**
 * Nobody is missing, provably: all users of the directory are compared with what Usher knows, whoever is missing or behind
 * goes through the ordinary pipeline, and a report says what was found.
 */
@NullMarked
package dev.usher.reconciliation;

import org.jspecify.annotations.NullMarked;
