/** Settings as such: which keys somebody reads, and in which file and line one stands. */
@NullMarked
package dev.usher.setting;

import org.jspecify.annotations.NullMarked;
