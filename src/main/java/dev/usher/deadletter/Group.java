package dev.usher.deadletter;

import java.time.Instant;

/** The open dead letters of one destination and one reason. @param first when the oldest was given up, and the newest */
public record Group(String destination, String reason, long letters, Instant first, Instant last) {}
