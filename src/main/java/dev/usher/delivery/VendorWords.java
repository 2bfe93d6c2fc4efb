package dev.usher.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may be kept of a vendor's message about a delivery. Vendors quote whom they refuse, so that nothing is searched for that
 * must go: only words of a fixed vocabulary stay, and no word that the user's own values have. What stands between quotation
 * marks, numbers, addresses, names and every other word become one sign.
 */
final class VendorWords {

    private static final int LONGEST = 255;
    private static final int FEWEST = 3;
    private static final int LONGEST_MESSAGE = 4_000;
    private static final String LEFT_OUT = "…";
    private static final String RESOURCE = "/vendor-words.txt";
    private static final Pattern QUOTED = Pattern.compile(
            "\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|`[^`]*`|(?<![\\p{L}\\p{N}])['‘][^'’]*['’](?![\\p{L}\\p{N}])");
    private static final Pattern PARTS = Pattern.compile("([(\\[{]*)(.*?)([)\\]}.,;:!?]*)");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}'-]+");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> VOCABULARY = vocabulary();

    private VendorWords() {}

    /**
     * @param message as the vendor sent it; null for none
     * @param event what was being delivered, as JSON; its values do not get in
     * @return at most 255 characters; null when too little is left to mean anything
     */
    static @Nullable String of(@Nullable String message, String event) {
        if (message == null || message.length() > LONGEST_MESSAGE) {
            return null;
        }
        var own = valuesOf(event);
        if (own == null) {
            return null;
        }
        var kept = new StringBuilder();
        int words = 0;
        boolean leftOut = false;
        for (var token : QUOTED.matcher(message).replaceAll(" 0 ").split("[\\s\\p{Z}]+")) {
            var parts = PARTS.matcher(token);
            if (token.isEmpty() || !parts.matches()) {
                continue;
            }
            var word = parts.group(2).toLowerCase(Locale.ROOT).replace('’', '\'');
            boolean known = VOCABULARY.contains(word) && !own.contains(word);
            if (!known && leftOut) {
                continue;
            }
            var next = (kept.isEmpty() ? "" : " ") + (known ? token : LEFT_OUT);
            if (kept.length() + next.length() > LONGEST) {
                break;
            }
            kept.append(next);
            words += known ? 1 : 0;
            leftOut = !known;
        }
        return words < FEWEST ? null : kept.toString();
    }

    /** The words of all values of the user; null when they cannot be told. */
    private static @Nullable Set<String> valuesOf(String event) {
        try {
            var words = new HashSet<String>();
            collect(JSON.readTree(event).path("data"), words);
            return words;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static void collect(JsonNode value, Set<String> words) {
        if (value.isTextual()) {
            for (var word : NO_LETTER.split(value.textValue().toLowerCase(Locale.ROOT))) {
                words.add(word);
                words.addAll(List.of(word.split("['-]")));
            }
        }
        value.properties().stream()
                .filter(member ->
                        !member.getKey().equals("meta") && !member.getKey().equals("schemas"))
                .forEach(member -> collect(member.getValue(), words));
        if (value.isArray()) {
            value.forEach(one -> collect(one, words));
        }
    }

    private static Set<String> vocabulary() {
        try (var file = Objects.requireNonNull(VendorWords.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Pattern.compile(" ").splitAsStream(line))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
