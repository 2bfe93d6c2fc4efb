/** Checks over routes, configuration and scenarios: plain classes that return findings; the tests assert that there are none. */
@NullMarked
package dev.usher.checks;

import org.jspecify.annotations.NullMarked;
