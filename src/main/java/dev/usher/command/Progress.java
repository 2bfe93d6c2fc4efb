package dev.usher.command;

import java.io.PrintWriter;

/** Tells on standard error how far long work has come; the same words a second time are not told again. */
final class Progress {

    private final PrintWriter err;
    private String last = "";

    Progress(PrintWriter err) {
        this.err = err;
    }

    /** May be called by several threads. @param words one line */
    synchronized void at(String words) {
        if (!words.equals(last)) {
            err.println(words);
            err.flush();
            last = words;
        }
    }
}
