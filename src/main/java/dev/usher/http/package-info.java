/** How requests to vendors are written. */
@NullMarked
package dev.usher.http;

import org.jspecify.annotations.NullMarked;
