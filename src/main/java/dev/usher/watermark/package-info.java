/** How far each source has been read, and which of its records have already become events. */
@NullMarked
package dev.usher.watermark;

import org.jspecify.annotations.NullMarked;
