/** Alarms: what an administrator must hear of, told by mail once when it begins, in digests, and when it is over. */
@NullMarked
package dev.usher.alert;

import org.jspecify.annotations.NullMarked;
