package dev.usher.entra;

import java.time.Instant;

/**
 * One record of the directory audit log, as far as it can be trusted.
 *
 * @param id opaque text, unique in the log
 * @param activity such as {@code Add user}
 * @param at when it happened; the log does not say when the record arrived, which may be much later
 * @param subject the object id of the user it happened to
 */
record AuditRecord(String id, String activity, Instant at, String subject) {}
