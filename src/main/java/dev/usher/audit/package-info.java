/** The audit trail: who did what by hand, who signed in, and who failed to. */
@NullMarked
package dev.usher.audit;

import org.jspecify.annotations.NullMarked;
