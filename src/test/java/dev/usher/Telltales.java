package dev.usher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a log must never hold: addresses, tokens, the names of the people of a test, the secrets of the sandbox. */
public final class Telltales {

    private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern TOKEN = Pattern.compile("Bearer \\S+|eyJ[\\w-]{10,}|[sr]k_(live|test)_\\w+");
    private static final Pattern SECRET =
            Pattern.compile("(?m)^\\s*(?:[\\w-]*-)?(?:secrets?|key|password): ([^$\\s]\\S{5,})$");

    /** The password of the simulated database is the name of the profile, which every start tells. */
    private static final String PROFILE = "sandbox";

    private final Pattern words;

    /** @param names of people, as regular expressions of whole words */
    public Telltales(Set<String> names) {
        var all = new TreeSet<>(names);
        secretsOfTheSandbox().forEach(secret -> all.add(Pattern.quote(secret)));
        words = Pattern.compile(all.stream().collect(Collectors.joining("|", "(?<!\\w)(?:", ")(?!\\w)")));
    }

    /** Each line that holds one, once; empty when none does. */
    public List<String> in(Stream<String> lines) {
        return lines.filter(line -> Stream.of(ADDRESS, TOKEN, words)
                        .anyMatch(telltale -> telltale.matcher(line).find()))
                .distinct()
                .toList();
    }

    private static Set<String> secretsOfTheSandbox() {
        try {
            var found = SECRET.matcher(Files.readString(Path.of("config/application-sandbox.yaml")))
                    .results()
                    .map(match -> match.group(1))
                    .filter(secret -> !secret.equals(PROFILE))
                    .collect(Collectors.toSet());
            if (found.size() < 6) {
                throw new IllegalStateException("only " + found.size() + " secrets of the sandbox were found");
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
