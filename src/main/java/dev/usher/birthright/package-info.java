/** Groups and app roles of the directory that users get, and lose, by rule. */
@NullMarked
package dev.usher.birthright;

import org.jspecify.annotations.NullMarked;
