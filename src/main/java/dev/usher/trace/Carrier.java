package dev.usher.trace;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a message carried. */
enum Carrier implements TextMapGetter<Map<String, String>> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Map<String, String> carried) {
        return carried.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carried, String name) {
        return carried == null ? null : carried.get(name);
    }
}
