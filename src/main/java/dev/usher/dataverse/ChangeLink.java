package dev.usher.dataverse;

import java.time.Instant;

/**
 * How far the changes of contacts were read.
 *
 * @param link what is read next: a link that Dataverse gave
 * @param phase what the reading is for
 * @param begunAt when this phase began
 * @param readAt when the last page was read
 */
record ChangeLink(String link, Phase phase, Instant begunAt, Instant readAt) {

    enum Phase {
        /** All contacts are read, only to learn from where changes count. */
        SILENT,
        /** All contacts are read, and those of portal users become events. */
        FULL,
        /** What changed becomes events. */
        CHANGES
    }
}
