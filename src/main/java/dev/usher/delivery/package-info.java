/** One delivery: compare, claim, record; what a failure means; when a destination is left alone; what is given up. */
@NullMarked
package dev.usher.delivery;

import org.jspecify.annotations.NullMarked;
