package dev.usher.scenario;

import java.util.List;

/** One thing that must be true in the end. */
@FunctionalInterface
interface Expectation {

    /** What is not as expected, each with file and line; none when all is well. */
    List<String> faults(Stage stage);
}
