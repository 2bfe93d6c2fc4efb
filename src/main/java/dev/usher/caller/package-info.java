/** What one caller may cost: how long a body may be and take, and how many of one network are served at a time. */
@NullMarked
package dev.usher.caller;

import org.jspecify.annotations.NullMarked;
