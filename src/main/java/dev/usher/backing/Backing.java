package dev.usher.backing;

import org.jspecify.annotations.Nullable;

/** A system without which Usher takes, delivers and answers nothing. */
interface Backing {

    /** What it is, for a sentence: "the database". */
    String name();

    /** The key of its address and the address, without user, password and options. */
    String place();

    /** What an operator may do when it does not answer. */
    String mend();

    /** Tries it by a connection of its own, which is closed again; takes at most about ten seconds. Null: it serves. */
    @Nullable
    Trouble trouble();
}
