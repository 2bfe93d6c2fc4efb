package dev.usher.sandbox.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One request a system got, as {@code GET /systems/{system}/calls} shows it. */
public interface LoggedCall {
    String method();

    /** Path with query, as sent: what a path filter and a fault's path are matched against. */
    String target();

    /** {@code {"at","method","path","headers","body","status"}}; status null while, or because, nothing was answered. */
    ObjectNode toJson();
}
