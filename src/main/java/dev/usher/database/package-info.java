/** How long databases may keep somebody waiting: that of Usher's state and those of destinations. */
@NullMarked
package dev.usher.database;

import org.jspecify.annotations.NullMarked;
