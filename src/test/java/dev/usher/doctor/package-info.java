/** The doctor on a healthy sandbox, and on one with each of the mistakes in src/test/mistakes/doctor. */
@NullMarked
package dev.usher.doctor;

import org.jspecify.annotations.NullMarked;
