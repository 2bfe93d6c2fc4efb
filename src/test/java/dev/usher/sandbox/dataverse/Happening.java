package dev.usher.sandbox.dataverse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A committed write, as the steps registered for it are told.
 *
 * @param message Create, Update or Delete
 * @param row the state after the write; of a deletion the one before
 * @param members what was written, with what followed from it; null for every column that has a value
 */
record Happening(String message, Row row, @Nullable List<String> members, Writer writer) {}
