package dev.usher.username;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.content.Fingerprint;
import dev.usher.content.Fingerprints;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamesTest {

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";
    private static final String POOR = "^[0-9a-f]{8}-";
    private final Fingerprint fingerprint = Fingerprints.with("a key of at least 16 characters");
    private final UserNames names = names("{givenName}.{familyName}.{suffix}");

    private UserNames names(String pattern) {
        return new UserNames(fingerprint, pattern, "customer", "{givenName} {familyName}", 5, ALPHABET, POOR);
    }

    @ParameterizedTest
    @CsvSource({
        "Ada,Lovelace,ada.lovelace",
        "'','',customer",
        "Ada,'',ada",
        "'',Lovelace,lovelace",
        "Zoë,Weiß,zoe.weiss",
        "Anne-Marie,O'Neil,annemarie.oneil",
        "李,明,customer",
        "'  Ada ','van der Berg',ada.vanderberg",
    })
    void aNameIsReadable(String given, String family, String readable) {
        assertThat(names.proposal("id", given, family, 0)).matches(readable + "\\.[" + ALPHABET + "]{5}");
    }

    @Test
    void aLongNameIsCutTo64Characters() {
        var name = names.proposal("id", "a".repeat(70), "b".repeat(70), 0);

        assertThat(name).hasSize(64).doesNotContain("..");
    }

    @Test
    void theSameUserAndVariantGetTheSameName() {
        assertThat(names.proposal("id", "Ada", "Lovelace", 3)).isEqualTo(names.proposal("id", "Ada", "Lovelace", 3));
    }

    @Test
    void anotherVariantOrUserGetsAnotherName() {
        var all = IntStream.range(0, 50)
                .mapToObj(variant -> names.proposal("id", "Ada", "Lovelace", variant))
                .collect(Collectors.toSet());

        assertThat(all).hasSizeGreaterThan(45);
        assertThat(names.proposal("another", "Ada", "Lovelace", 0))
                .isNotEqualTo(names.proposal("id", "Ada", "Lovelace", 0));
    }

    @Test
    void onlyAPoorNameIsReplaced() throws Exception {
        assertThat(proposed("0A1B2C3D-0000@contoso.example")).asString().startsWith("ada.");
        assertThat(proposed("ada@contoso.example")).isNull();
    }

    private Object proposed(String userName) throws Exception {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage()
                .setBody(new ObjectMapper()
                        .readTree("{\"data\": {\"id\": \"id\", \"userName\": \"" + userName
                                + "\", \"name\": {\"givenName\": \"Ada\"}}}"));
        names.propose(exchange);
        return exchange.getVariable("userName");
    }

    @ParameterizedTest
    @CsvSource({
        "{familyName}-{givenName}{suffix},Ada,Lovelace,lovelace-ada",
        "{familyName}-{givenName}{suffix},'',Lovelace,lovelace-",
        "u.{suffix},Ada,Lovelace,u.",
        "{familyName}.{suffix},'','',customer.",
    })
    void theNameFollowsThePattern(String pattern, String given, String family, String readable) {
        assertThat(names(pattern).proposal("id", given, family, 0))
                .matches(readable.replace(".", "\\.") + "[" + ALPHABET + "]{5}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{givenName}.{familyName}",
                "{suffix}{suffix}",
                "{surname}.{suffix}",
                "{givenName} {suffix}",
                "{givenName}@{suffix}",
                "a-name-that-leaves-no-room-for-anybody-s-name.{suffix}"
            })
    void aWrongPatternSaysWhatToSet(String pattern) {
        assertThatThrownBy(() -> names(pattern)).hasMessageContaining("user-name is \"" + pattern + "\"; set ");
    }

    @Test
    void aWrongSettingSaysWhatToSet() {
        assertThatThrownBy(() -> with("customer", "{givenName}", 0, ALPHABET))
                .hasMessageContaining("suffix-length is \"0\"")
                .hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> with("customer", "{givenName}", 5, "A_"))
                .hasMessageContaining("suffix-alphabet is \"A_\"")
                .hasMessageContaining("a-z and 0-9");
        assertThatThrownBy(() -> with("A b", "{givenName}", 5, ALPHABET)).hasMessageContaining("nameless is \"A b\"");
        assertThatThrownBy(() -> with("customer", "{name}", 5, ALPHABET))
                .hasMessageContaining("display-name is \"{name}\"");
        assertThatThrownBy(() -> with("customer", "Customer", 5, ALPHABET))
                .hasMessageContaining("display-name is \"Customer\"");
    }

    private UserNames with(String nameless, String displayName, int suffixLength, String alphabet) {
        return new UserNames(fingerprint, "{suffix}", nameless, displayName, suffixLength, alphabet, POOR);
    }
}
