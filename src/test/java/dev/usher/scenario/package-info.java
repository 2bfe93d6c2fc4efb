/** Runs the YAML scenarios of {@code src/test/scenarios} and one contract of every destination against the whole product. */
@NullMarked
package dev.usher.scenario;

import org.jspecify.annotations.NullMarked;
