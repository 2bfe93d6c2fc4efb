/** One person: found by any id or by address, their log in plain words, what would be written of them, and the order to do it. */
@NullMarked
package dev.usher.people;

import org.jspecify.annotations.NullMarked;
