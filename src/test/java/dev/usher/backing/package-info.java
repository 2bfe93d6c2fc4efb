/** Usher on PostgreSQL and an external Artemis: both come late, go away and come back. */
@NullMarked
package dev.usher.backing;

import org.jspecify.annotations.NullMarked;
