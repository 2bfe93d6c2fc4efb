package dev.usher.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * The key by which commands on this machine call the running Usher: new at each start, in the file {@code command.key} of
 * the data folder, which only the owner may read. Whoever may read that file may change everything there anyway.
 */
final class CommandKey {

    static final String FILE = "command.key";
    private static final int BYTES = 32;

    private final Path file;
    private final String key;

    CommandKey(Path folder) {
        this.file = folder.resolve(FILE);
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        this.key = HexFormat.of().formatHex(bytes);
    }

    boolean isKey(String given) {
        return MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Written when everything runs, in one step: a command finds the old key or the new one, never half of one. */
    @EventListener(ApplicationReadyEvent.class)
    void write() {
        try {
            OwnersFile.write(file, key + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The key of the commands cannot be written to " + file.toAbsolutePath()
                            + ": let the process write there, or set usher.data to another folder",
                    e);
        }
    }
}
