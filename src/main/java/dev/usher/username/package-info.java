/** Readable, unique user principal names for users that got a poor one at sign-up. */
@NullMarked
package dev.usher.username;

import org.jspecify.annotations.NullMarked;
