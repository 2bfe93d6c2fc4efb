/** OpenTelemetry: one trace from the source through the queues to the vendor. Off unless switched on. */
@NullMarked
package dev.usher.trace;

import org.jspecify.annotations.NullMarked;
