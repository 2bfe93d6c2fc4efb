package dev.usher.sandbox.server;

import java.util.ArrayList;
import java.util.List;

/** The requests of one system, oldest first, kept as they came. */
public final class CallLog {
    private final List<LoggedCall> calls = new ArrayList<>();

    public synchronized void add(LoggedCall call) {
        calls.add(call);
    }

    public synchronized List<LoggedCall> all() {
        return List.copyOf(calls);
    }

    public synchronized void clear() {
        calls.clear();
    }
}
