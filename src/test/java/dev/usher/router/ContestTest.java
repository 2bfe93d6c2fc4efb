package dev.usher.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.content.Fingerprints;
import dev.usher.projection.LinkedContact;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ContestTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Fingerprint fingerprint = Fingerprints.with("a-key-of-enough-characters");

    /** The contact is believed; it says one name, the directory shows another. */
    private Contest contest(String contact, String directory, LinkedContact before) {
        var user = """
                {"name": {"givenName": "%1$s"}, "emails": [{"value": "ada@example.org"}],
                 "urn:dev:usher:scim:schemas:extension:2.0:User": {"marketingConsent": false,
                  "directory": {"name": {"givenName": "%2$s"}, "email": "ADA@example.org", "marketingConsent": false},
                  "contact": {"id": "c1", "name": {"givenName": "%1$s"}, "email": "ada@example.org", "wins": ["names"]}}}""".formatted(contact, directory);
        return Contest.of(read(user), "ada", 7, before, fingerprint);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void twoThatShowTheSameHaveNoContest() {
        var contest = contest("Ada", "Ada", null);

        assertThat(contest.losers()).isEmpty();
        assertThat(contest.reasons()).isEmpty();
        assertThat(contest.isNews(null)).isTrue();
        assertThat(contest.isNews(contest.linked())).isFalse();
    }

    @Test
    void aDifferenceSeenForTheFirstTimeIsToldAndNotContested() {
        var contest = contest("Ada", "Adele", null);

        assertThat(contest.losers()).isEmpty();
        assertThat(contest.reasons()).containsExactly("names differ in entra: dataverse is the authority");
    }

    @Test
    void theOneThatIsNotBelievedLagsBehindWithoutContest() {
        var before = contest("Ada", "Ada", null).linked();

        var contest = contest("Augusta", "Ada", before);

        assertThat(contest.losers()).isEmpty();
        assertThat(contest.reasons()).isEmpty();
    }

    @Test
    void aValueOfItsOwnIsContestedOnceAndAgainAfterItWasPutBack() {
        var agreed = contest("Ada", "Ada", null).linked();

        var first = contest("Ada", "Adele", agreed);
        var second = contest("Ada", "Adele", first.linked());
        var putBack = contest("Ada", "Ada", second.linked());
        var again = contest("Ada", "Adele", putBack.linked());

        assertThat(first.losers()).containsExactly("entra");
        assertThat(first.reasons()).containsExactly("names changed in entra as well: dataverse is the authority");
        assertThat(first.linked().contestedAt()).isEqualTo(7);
        assertThat(second.losers()).isEmpty();
        assertThat(putBack.losers()).isEmpty();
        assertThat(again.losers()).containsExactly("entra");
    }

    @Test
    void withoutASingleContactThereIsNone() {
        assertThat(Contest.of(read("{}"), "ada", 7, null, fingerprint)).isNull();
    }
}
