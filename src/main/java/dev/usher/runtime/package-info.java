/** What the process itself needs: its clock. */
@NullMarked
package dev.usher.runtime;

import org.jspecify.annotations.NullMarked;
