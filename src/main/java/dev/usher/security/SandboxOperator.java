package dev.usher.security;

import dev.usher.tls.OwnTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * The user of the sandbox, where nobody has configured one: {@code operator}, with a password made at the first start. It
 * is told once, in the log; only its bcrypt hash is kept, in the data folder.
 */
final class SandboxOperator {

    static final String NAME = "operator";
    static final String FILE = "operator.bcrypt";
    private static final Logger LOG = LoggerFactory.getLogger(SandboxOperator.class);
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 20;

    private final Path file;
    private final Environment environment;
    private final String hash;
    private final @Nullable String fresh;

    SandboxOperator(Path folder, PasswordEncoder encoder, Environment environment) {
        this.file = folder.resolve(FILE);
        this.environment = environment;
        try {
            if (Files.exists(file)) {
                hash = Files.readString(file).strip();
                fresh = null;
            } else {
                fresh = random();
                hash = encoder.encode(fresh);
                OwnersFile.write(file, hash + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The operator's password cannot be kept in " + file.toAbsolutePath(), e);
        }
    }

    private static String random() {
        return new SecureRandom()
                .ints(LENGTH, 0, LETTERS.length())
                .mapToObj(letter -> String.valueOf(LETTERS.charAt(letter)))
                .collect(Collectors.joining());
    }

    SecuritySettings.LocalUser user() {
        return new SecuritySettings.LocalUser(NAME, hash, Role.OPERATOR);
    }

    /** Once everything runs: where the console is, and how to get in. */
    void tell() {
        var address = OwnTls.scheme(environment) + "://127.0.0.1:" + environment.getProperty("local.server.port");
        if (fresh != null) {
            LOG.info("Console: {} Sign in as {} with the password {} (told only now).", address, NAME, fresh);
        } else {
            LOG.info(
                    "Console: {} Sign in as {}; the password was told at the first start. For a new one, stop, delete"
                            + " {} and start.",
                    address,
                    NAME,
                    file);
        }
    }
}
