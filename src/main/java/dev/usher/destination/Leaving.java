package dev.usher.destination;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the records of users who leave one destination. What is possible there is said by the file
 * {@code leaving.properties} in its folder, the default first; the configuration chooses. A destination without that
 * file marks: its mapping gets the user's state and says the rest.
 *
 * @param onDisabled for users whose account is disabled
 * @param onDeleted for users deleted from the directory
 */
public record Leaving(Effect onDisabled, Effect onDeleted) {

    /** The file that says what is possible. */
    static final String FILE = "leaving.properties";

    static final Leaving MARKS = new Leaving(Effect.MARK, Effect.MARK);

    /**
     * The effect for a user in this state.
     *
     * @param state {@code active}, {@code disabled} or {@code deleted}, as the SCIM extension has it
     * @return null for a user who is there
     */
    public @Nullable Effect of(String state) {
        return switch (state) {
            case "disabled" -> onDisabled;
            case "deleted" -> onDeleted;
            default -> null;
        };
    }

    /** Reads the file and what the operator chose; what is impossible is added to the problems. */
    static Leaving read(Path folder, DeliverySettings settings, List<Problem> problems) {
        var possible = PropertyFile.read(folder.resolve(FILE));
        return new Leaving(
                effect("on-disabled", settings.onDisabled(), folder, possible, problems),
                effect("on-deleted", settings.onDeleted(), folder, possible, problems));
    }

    private static Effect effect(String key, String chosen, Path folder, Properties possible, List<Problem> problems) {
        var effects = new ArrayList<Effect>();
        for (var word : possible.getProperty(key, Effect.MARK.word()).split(",", -1)) {
            var effect = effect(word.strip());
            if (effect == null) {
                problems.add(new Problem(
                        folder.resolve(FILE) + ", " + key,
                        "\"" + word.strip() + "\" is no effect",
                        "name some of " + words(Arrays.asList(Effect.values())) + ", the default first"));
                return Effect.MARK;
            }
            effects.add(effect);
        }
        if (chosen.isBlank()) {
            return effects.get(0);
        }
        var effect = effect(chosen.strip());
        if (effect == null || !effects.contains(effect)) {
            problems.add(new Problem(
                    "usher.destinations." + folder.getFileName() + "." + key,
                    "\"" + chosen + "\" is not possible there",
                    "set one of " + words(effects)));
            return effects.get(0);
        }
        return effect;
    }

    private static @Nullable Effect effect(String word) {
        return Arrays.stream(Effect.values())
                .filter(effect -> effect.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static String words(List<Effect> effects) {
        return effects.stream().map(Effect::word).collect(Collectors.joining(", "));
    }
}
