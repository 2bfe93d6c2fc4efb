package dev.usher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * Everything that is printed by this process, its log above all: whoever sets the logging up anew, as each product does that
 * starts after another one stopped, writes to the same place.
 */
public final class Printed implements AutoCloseable {

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    /** Reads along until it is closed. */
    public Printed() {
        System.setOut(new PrintStream(new Both(), true, StandardCharsets.UTF_8));
    }

    /** What was printed so far, with the lines of stack traces. */
    public Stream<String> lines() {
        return all.toString(StandardCharsets.UTF_8).lines();
    }

    @Override
    public void close() {
        System.setOut(before);
    }

    private final class Both extends OutputStream {

        @Override
        public void write(int one) {
            all.write(one);
            before.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            all.write(bytes, from, length);
            before.write(bytes, from, length);
        }

        @Override
        public void flush() {
            before.flush();
        }
    }
}
