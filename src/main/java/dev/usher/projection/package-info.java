/** What every destination holds for every user, and the log of how it came there: the store of record in SQL. */
@NullMarked
package dev.usher.projection;

import org.jspecify.annotations.NullMarked;
