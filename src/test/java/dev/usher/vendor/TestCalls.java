package dev.usher.vendor;

import dev.usher.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Calls that nobody asks for the count of. */
public final class TestCalls {

    private TestCalls() {}

    public static VendorCalls uncounted() {
        return new VendorCalls(new SimpleMeterRegistry(), Traces.off());
    }
}
