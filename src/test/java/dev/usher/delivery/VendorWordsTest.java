package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a vendor's message, and that nothing of anybody is. */
class VendorWordsTest {

    private static final String EVENT = """
            {"id": "e", "type": "user.updated", "data": {"schemas": ["urn:user"], "meta": {"resourceType": "User"},
             "userName": "ada.lovelace@example.org", "displayName": "Ada Lovelace", "name": {"givenName": "Ada",
             "familyName": "O'Long-Field"}, "emails": [{"value": "ada.lovelace@example.org"}],
             "phoneNumbers": [{"value": "+44 20 7946 0018"}], "birthday": "1815-12-10", "town": "São Paulo"}}
            """;

    private static String kept(String message) {
        return VendorWords.of(message, EVENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Invalid email address: ada.lovelace@example.org | Invalid email address: …",
                "Insufficient privileges to complete the operation. | Insufficient privileges to complete the operation.",
                "The length of the 'firstname' attribute of the 'contact' entity exceeded the maximum allowed length of '50'."
                        + "| The length of the … attribute of the … entity exceeded the maximum allowed length of …",
                "Received unknown parameter: nickname | Received unknown parameter: …",
                "Your merge fields were invalid. | Your merge fields were invalid.",
                "You can't have more than 500 characters | You can't have more than … characters",
                "duplicate value found: Object_Id__c duplicates value on record with id: 003xx000004TmiQ"
                        + "| duplicate value found: … duplicates value on record with id: …",
            })
    void whatSaysWhatIsWrongIsKept(String message, String words) {
        assertThat(kept(message)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada Lovelace already exists: this address is used by Bob Smith",
                "ADA LOVELACE is not valid for the field Ada",
                "the user ada lovelace has no valid address, ada.lovelace@example.org is used",
                "the address ada.lovelace%40example.org is not valid",
                "the address <ada.lovelace@example.org> or mailto:ada.lovelace@example.org is not valid",
                "the address ada . lovelace (at) example . org is not valid",
                "the number +44 20 7946 0018 or 442079460018 is not valid",
                "the date 1815-12-10 and the date 10.12.1815 is not valid",
                "the name \"Lovelace, Ada\" and 'Ada' and `lovelace` is not valid",
                "the name adaLovelace and ada_lovelace and ada-lovelace and ada/lovelace is not valid",
                "the name Ａｄａ and Ådа and Ada\u200bLovelace and ada\u00a0lovelace is not valid",
                "{\"email\":\"ada.lovelace@example.org\",\"name\":\"Ada Lovelace\"} is not valid for the field",
                "the town São Paulo and paulo and Sao Paulo is not valid",
                "the name YWRhLmxvdmVsYWNlQGV4YW1wbGUub3Jn is not valid",
                "the record of Bob Smith, bob.smith@example.net, 12 Mill Lane, is not valid",
                "Will Grant, Mark May, Grace Hope and Frank Long Field: the name is not valid",
            })
    void nothingOfAnybodyGetsIn(String message) {
        var words = String.valueOf(kept(message)).toLowerCase(Locale.ROOT);

        assertThat(words)
                .doesNotContainPattern("[0-9@%<>]")
                .doesNotContainPattern("\\b(ada|lovelace|example|org|long|o'long-field|são|paulo|sao)\\b")
                .doesNotContainPattern("\\b(bob|smith|mill|lane|will|grant|mark|grace|hope|frank|net|mailto|town)\\b")
                .matches("[\\p{ASCII}…]*");
    }

    /** The values of people nobody thought of: random letters, in random places. */
    @Test
    void noWordThatIsNotOfTheVocabularyGetsIn() {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            var name = random.ints(6 + random.nextInt(6), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var tokens = new ArrayList<>(List.of("the", "value", "of", "this", "field", "is", "not", "valid"));
            var spoiled = List.of(name, name.toUpperCase(Locale.ROOT), name + ":", "(" + name + ")", name + "@x.org")
                    .get(random.nextInt(5));
            tokens.add(random.nextInt(tokens.size()), spoiled);

            assertThat(kept(String.join(" ", tokens)).toLowerCase(Locale.ROOT)).doesNotContain(name);
        }
    }

    @Test
    void aLongMessageIsCutBetweenWords() {
        var words = kept("the value is not valid ".repeat(50));

        assertThat(words).hasSizeBetween(240, 255).endsWith("valid");
        assertThat(kept("the value is not valid ".repeat(500))).isNull();
    }

    @Test
    void whereLittleIsLeftNothingIsKept() {
        assertThat(kept(null)).isNull();
        assertThat(kept("")).isNull();
        assertThat(kept("Ungültige Adresse: ada@example.org")).isNull();
        assertThat(kept("not valid")).isNull();
    }

    @Test
    void whoseValuesAreNotKnownOfThemNothingIsKept() {
        assertThat(VendorWords.of("the value is not valid", "no JSON")).isNull();
    }
}
