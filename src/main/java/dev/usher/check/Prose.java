package dev.usher.check;

import java.util.Set;

/** The keys whose text is for people. */
final class Prose {

    static final Set<String> KEYS = Set.of("description", "note", "title");

    private Prose() {}
}
