package dev.usher.username;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.content.Fingerprint;
import java.math.BigInteger;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final int LONGEST = 64;
    private static final String NAMELESS = "customer";

    private final Fingerprint fingerprint;
    private final int suffixLength;
    private final String suffixAlphabet;
    private final Pattern poor;

    /**
     * @param poor a user principal name that is to be replaced matches this, in any case of letters
     * @param suffixLength 1 to 20 characters
     * @param suffixAlphabet at least two characters out of {@code a-z 0-9}
     * @throws IllegalArgumentException when one of them is outside of that
     */
    UserNames(
            Fingerprint fingerprint,
            @Value("${usher.destinations.entra.suffix-length:5}") int suffixLength,
            @Value("${usher.destinations.entra.suffix-alphabet:23456789abcdefghjkmnpqrstvwxyz}") String suffixAlphabet,
            @Value("${usher.destinations.entra.poor-name:^$}") String poor) {
        if (suffixLength < 1 || suffixLength > 20) {
            throw new IllegalArgumentException(
                    "usher.destinations.entra.suffix-length is " + suffixLength + "; set 1 to 20");
        }
        if (!suffixAlphabet.matches("[a-z0-9]{2,}")) {
            throw new IllegalArgumentException("usher.destinations.entra.suffix-alphabet is \"" + suffixAlphabet
                    + "\"; set at least two characters out of a-z and 0-9");
        }
        this.fingerprint = fingerprint;
        this.suffixLength = suffixLength;
        this.suffixAlphabet = suffixAlphabet;
        this.poor = Pattern.compile(poor, Pattern.CASE_INSENSITIVE);
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

    /** {@code ada.lovelace.k7x2q}; at most 64 characters of {@code a-z 0-9 .}. */
    String proposal(String subject, String givenName, String familyName, int variant) {
        var names = Stream.of(plain(givenName), plain(familyName))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("."));
        var readable = names.isEmpty() ? NAMELESS : names;
        int room = LONGEST - suffixLength - 1;
        var cut = readable.length() > room ? readable.substring(0, room).replaceAll("\\.$", "") : readable;
        return cut + '.' + suffix(subject, variant);
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
