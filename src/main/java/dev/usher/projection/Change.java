package dev.usher.projection;

/** One row to write. A list of changes is written in one transaction: all of it or nothing. */
public sealed interface Change
        permits Person, Heard, LinkedContact, SideWritten, Projection, HandEdit, DeliveryRow, DeadLetter {}
