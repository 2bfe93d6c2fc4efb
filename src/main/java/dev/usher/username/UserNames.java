package dev.usher.username;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.content.Fingerprint;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The bean {@code userNames}, called by {@code deliver-entra}: proposes the part of a user principal name before the
 * {@code @}.
 *
 * <p>The suffix follows from the user's id and the variant alone. The same delivery made again proposes the same name;
 * a name that was refused as taken is followed by another.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/user">the alphabet of userPrincipalName</a>
 */
@Component("userNames")
public final class UserNames {

    private static final String KEYS = "usher.destinations.entra.";
    private static final int LONGEST = 64;
    private static final String GIVEN = "{givenName}";
    private static final String FAMILY = "{familyName}";
    private static final String SUFFIX = "{suffix}";
    private static final Pattern USER_NAME = Pattern.compile(
            "([a-z0-9._-]|\\{givenName}|\\{familyName})*\\{suffix}([a-z0-9._-]|\\{givenName}|\\{familyName})*");
    private static final Pattern DISPLAY_NAME =
            Pattern.compile("[^{}]*(\\{givenName}|\\{familyName})([^{}]|\\{givenName}|\\{familyName})*");

    private final Fingerprint fingerprint;
    private final String pattern;
    private final String nameless;
    private final int suffixLength;
    private final String suffixAlphabet;
    private final Pattern poor;

    /**
     * @param pattern of user names: {@code {suffix}} once, {@code {givenName}} and {@code {familyName}} as often as
     *     wanted, and characters out of {@code a-z 0-9 . _ -} between them
     * @param nameless stands for the names of who has none: 1 to 20 characters out of {@code a-z 0-9}
     * @param displayName the pattern of shown names, which {@code user-to-scim.jq} fills
     * @param poor a user principal name that is to be replaced matches this, in any case of letters
     * @param suffixLength 1 to 20 characters
     * @param suffixAlphabet at least two characters out of {@code a-z 0-9}
     * @throws IllegalArgumentException when one of them is outside of that
     */
    UserNames(
            Fingerprint fingerprint,
            @Value("${usher.destinations.entra.user-name:{givenName}.{familyName}.{suffix}}") String pattern,
            @Value("${usher.destinations.entra.nameless:customer}") String nameless,
            @Value("${usher.destinations.entra.display-name:{givenName} {familyName}}") String displayName,
            @Value("${usher.destinations.entra.suffix-length:5}") int suffixLength,
            @Value("${usher.destinations.entra.suffix-alphabet:23456789abcdefghjkmnpqrstvwxyz}") String suffixAlphabet,
            @Value("${usher.destinations.entra.poor-name:^$}") String poor) {
        require(
                USER_NAME.matcher(pattern).matches(),
                "user-name",
                pattern,
                "{suffix} once, {givenName} and {familyName}, and between them characters out of a-z, 0-9 and . _ -");
        require(nameless.matches("[a-z0-9]{1,20}"), "nameless", nameless, "1 to 20 characters out of a-z and 0-9");
        require(
                DISPLAY_NAME.matcher(displayName).matches(),
                "display-name",
                displayName,
                "a text with {givenName}, {familyName} or both");
        require(suffixLength >= 1 && suffixLength <= 20, "suffix-length", suffixLength, "1 to 20");
        require(
                suffixAlphabet.matches("[a-z0-9]{2,}"),
                "suffix-alphabet",
                suffixAlphabet,
                "at least two characters out of a-z and 0-9");
        require(
                pattern.replace(GIVEN, "").replace(FAMILY, "").length() <= LONGEST / 2,
                "user-name",
                pattern,
                "at most " + LONGEST / 2 + " characters besides the names");
        this.fingerprint = fingerprint;
        this.pattern = pattern;
        this.nameless = nameless;
        this.suffixLength = suffixLength;
        this.suffixAlphabet = suffixAlphabet;
        this.poor = Pattern.compile(poor, Pattern.CASE_INSENSITIVE);
    }

    private static void require(boolean right, String key, Object value, String needed) {
        if (!right) {
            throw new IllegalArgumentException(KEYS + key + " is \"" + value + "\"; set " + needed);
        }
    }

    /**
     * Sets the variable {@code userName} for the SCIM user of the event in the body, from its names and the variable
     * {@code variant}; null when the user's present name is not poor.
     */
    public void propose(Exchange exchange) {
        JsonNode user = exchange.getMessage().getBody(JsonNode.class).path("data");
        if (!poor.matcher(user.path("userName").asText()).find()) {
            exchange.setVariable("userName", null);
            return;
        }
        int variant = exchange.getVariable("variant", 0, Integer.class);
        var name = user.path("name");
        exchange.setVariable(
                "userName",
                proposal(
                        user.path("id").asText(),
                        name.path("givenName").asText(""),
                        name.path("familyName").asText(""),
                        variant));
    }

    /** {@code ada.lovelace.k7x2q}; at most 64 characters, for which the longer name is cut. */
    String proposal(String subject, String givenName, String familyName, int variant) {
        var given = plain(givenName);
        var family = plain(familyName);
        if (given.isEmpty() && family.isEmpty()) {
            given = pattern.contains(GIVEN) ? nameless : "";
            family = given.isEmpty() ? nameless : "";
        }
        var suffix = suffix(subject, variant);
        var name = filled(given, family, suffix);
        while (name.length() > LONGEST) {
            if (given.length() >= family.length()) {
                given = given.substring(0, given.length() - 1);
            } else {
                family = family.substring(0, family.length() - 1);
            }
            name = filled(given, family, suffix);
        }
        return name;
    }

    /** The pattern with the names in it; of what stood around a name that is missing one character is left. */
    private String filled(String given, String family, String suffix) {
        return pattern.replace(GIVEN, given)
                .replace(FAMILY, family)
                .replace(SUFFIX, suffix)
                .replaceAll("([._-])[._-]+", "$1")
                .replaceAll("^[._-]|[._-]$", "");
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replaceAll("[^a-z0-9]", "");
    }

    private String suffix(String subject, int variant) {
        var number = new BigInteger(fingerprint.ofText(subject + '#' + variant), 16);
        var base = BigInteger.valueOf(suffixAlphabet.length());
        var suffix = new StringBuilder();
        for (int i = 0; i < suffixLength; i++) {
            var parts = number.divideAndRemainder(base);
            suffix.append(suffixAlphabet.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return suffix.toString();
    }
}
