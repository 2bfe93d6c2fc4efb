package dev.usher.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.content.Fingerprint;
import dev.usher.content.Fingerprints;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.LinkedContact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was written until then is shown by now. */
    private static final long ARRIVED = 1_000;

    private final Fingerprint fingerprint = Fingerprints.with("a-key-of-enough-characters");

    /** One look at both sides: who says the names, what is told of it, and what is remembered for the next look. */
    private record Look(List<String> wins, List<String> reasons, LinkedContact linked, long unsure) {}

    private Look look(String directory, String contact, @Nullable LinkedContact before, String authority) {
        var there = read("{\"name\": {\"givenName\": \"" + directory + "\"}, \"email\": \"a@example.org\"}");
        var here = read("{\"id\": \"c1\", \"name\": {\"givenName\": \"" + contact
                + "\"}, \"email\": \"A@example.org\", \"authority\": [" + authority + "]}");
        long unsure = Sides.weigh(there, here, before, fingerprint, ARRIVED);
        var wins = new ArrayList<String>();
        here.path("wins").forEach(group -> wins.add(group.asText()));
        var user = JSON.createObjectNode();
        user.set("name", (wins.contains("names") ? here : there).path("name"));
        user.putArray("emails").addObject().put("value", "a@example.org");
        user.putObject(IdentityEvent.EXTENSION).set("directory", there);
        ((ObjectNode) user.path(IdentityEvent.EXTENSION)).set("contact", here);
        var contest = Contest.of(user, "ada", 7, before, null, fingerprint);
        return new Look(wins, contest.reasons(), contest.linked(), unsure);
    }

    private Look look(String directory, String contact, Look before) {
        return look(directory, contact, before.linked, "");
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whereTheyDifferWhenFirstSeenTheAuthoritySays() {
        assertThat(look("Ada", "Adele", null, "").wins).isEmpty();
        assertThat(look("Ada", "Adele", null, "\"names\"").wins).containsExactly("names");
        assertThat(look("Ada", "Adele", null, "").reasons)
                .containsExactly("names differ in dataverse: entra is the authority");
        assertThat(look("Ada", "Ada", null, "\"names\"").wins).isEmpty();
    }

    @Test
    void whoeverChangedItSays() {
        var agreed = look("Ada", "Ada", null, "");

        assertThat(look("Ada", "Augusta", agreed).wins).containsExactly("names");
        assertThat(look("Ada", "Augusta", agreed).reasons).isEmpty();
        assertThat(look("Adele", "Ada", look("Ada", "Ada", null, "\"names\"").linked, "\"names\"").wins)
                .isEmpty();
    }

    @Test
    void whereBothChangedItTheAuthoritySaysAndItIsTold() {
        var agreed = look("Ada", "Ada", null, "");

        assertThat(look("Adele", "Augusta", agreed.linked, "").wins).isEmpty();
        assertThat(look("Adele", "Augusta", agreed.linked, "").reasons)
                .containsExactly("names changed in dataverse as well: entra is the authority");
        assertThat(look("Adele", "Augusta", agreed.linked, "\"names\"").wins).containsExactly("names");
        assertThat(look("Adele", "Augusta", agreed.linked, "\"names\"").reasons)
                .containsExactly("names changed in entra as well: dataverse is the authority");
    }

    @Test
    void whatWasRoutedStandsWhileTheOtherSideLags() {
        var changed = look("Ada", "Augusta", look("Ada", "Ada", null, ""));

        var lagging = look("Ada", "Augusta", changed);
        var written = look("Augusta", "Augusta", lagging);

        assertThat(lagging.wins).containsExactly("names");
        assertThat(lagging.reasons).isEmpty();
        assertThat(written.wins).isEmpty();
    }

    @Test
    void ourOwnWriteIsNoChangeEvenWhenTheOtherSideChangesMeanwhile() {
        var changed = look("Ada", "Augusta", look("Ada", "Ada", null, ""));

        var backAgain = look("Augusta", "Ada", changed);

        assertThat(backAgain.wins).containsExactly("names");
        assertThat(backAgain.reasons).isEmpty();
    }

    private Look written(Look look, long directoryAt, long contactAt) {
        var names = look.linked.names();
        var value = new LinkedContact.Value(names.routed(), names.directory(), names.contact(), directoryAt, contactAt);
        var linked = look.linked;
        return new Look(
                look.wins,
                look.reasons,
                new LinkedContact(
                        linked.subject(),
                        linked.contactId(),
                        linked.version(),
                        value,
                        linked.email(),
                        linked.consent(),
                        0),
                0);
    }

    @Test
    void whoIsWrittenAndShowsTheOldValueAgainChangedItBack() {
        var byContact = look("Ada", "Augusta", look("Ada", "Ada", null, ""));
        var byDirectory = look("Augusta", "Ada", look("Ada", "Ada", null, ""));

        var backInDirectory = look("Ada", "Augusta", written(byContact, ARRIVED, 0));
        var backAtContact = look("Augusta", "Ada", written(byDirectory, 0, ARRIVED));

        assertThat(backInDirectory.wins).isEmpty();
        assertThat(backInDirectory.unsure).isZero();
        assertThat(backAtContact.wins).containsExactly("names");
        assertThat(backAtContact.unsure).isZero();
    }

    @Test
    void soonAfterTheWriteTheOldValueTellsNothingAndAnotherOneIsAChange() {
        var byContact = written(look("Ada", "Augusta", look("Ada", "Ada", null, "")), ARRIVED + 1, 0);

        var lagging = look("Ada", "Augusta", byContact);

        assertThat(lagging.wins).containsExactly("names");
        assertThat(lagging.unsure).isEqualTo(ARRIVED + 1);
        assertThat(lagging.linked.names().directoryAt()).isEqualTo(ARRIVED + 1);
        assertThat(look("Adele", "Augusta", byContact).wins).isEmpty();
        assertThat(look("Adele", "Augusta", byContact).unsure).isZero();
    }

    private static final String NO_CONTACT = "";

    /**
     * What becomes of the consent, in one more look at both sides.
     *
     * @param contact its id and what it says, such as {@code c1 true}; {@link #NO_CONTACT} for none, {@code several} for
     *     several
     */
    private Consent consent(boolean directory, String contact, @Nullable LinkedContact before) {
        var there = read("{\"marketingConsent\": " + directory + "}");
        var here = contact.isEmpty()
                ? JSON.createObjectNode()
                : contact.equals("several")
                        ? read("{\"several\": [\"c1\", \"c2\"]}")
                        : read("{\"id\": \"" + contact.split(" ")[0] + "\", \"marketingConsent\": "
                                + contact.split(" ")[1] + "}");
        Sides.weigh(there, here, before, fingerprint, ARRIVED);
        boolean contactWins = here.path("wins").toString().contains("consent");
        boolean routed = here.has("keptConsent")
                ? here.path("keptConsent").asBoolean()
                : (contactWins ? here : there).path("marketingConsent").asBoolean();
        var user = JSON.createObjectNode();
        var extension = user.putObject(IdentityEvent.EXTENSION).put("marketingConsent", routed);
        extension.set("directory", there);
        extension.set("contact", here);
        return new Consent(
                routed, Contest.of(user, "ada", 7, before, null, fingerprint).linked());
    }

    private record Consent(boolean routed, LinkedContact linked) {}

    private Consent withdrawnAtTheContact() {
        return consent(true, "c1 false", consent(true, "c1 true", null).linked);
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_CONTACT, "several", "c2 false", "c2 true"})
    void aConsentWithdrawnAtAContactStaysSoWithoutThatContact(String contact) {
        var withdrawn = withdrawnAtTheContact();

        var gone = consent(true, contact, withdrawn.linked);
        var later = consent(true, contact, gone.linked);

        assertThat(withdrawn.routed).isFalse();
        assertThat(gone.routed).isFalse();
        assertThat(later.routed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_CONTACT, "several", "c2 false"})
    void whoeverChangesTheConsentAfterThatIsBelieved(String contact) {
        var gone = consent(true, contact, withdrawnAtTheContact().linked);

        var refused = consent(false, contact, gone.linked);
        var given = consent(true, contact, refused.linked);

        assertThat(refused.routed).isFalse();
        assertThat(given.routed).isTrue();
    }

    @Test
    void aConsentGivenAtTheContactInItsPlaceIsBelieved() {
        var replaced = consent(true, "c2 false", withdrawnAtTheContact().linked);

        assertThat(consent(true, "c2 true", replaced.linked).routed).isTrue();
    }

    @Test
    void aContactThatIsOverruledWhenFirstSeenIsWrittenAndTheDirectoryIsAnyway() {
        assertThat(losers("Ada", "Adele", null, "")).containsExactly("dataverse");
        assertThat(losers("Ada", "Adele", null, "\"names\"")).isEmpty();
    }

    @Test
    void aContactInThePlaceOfTheOneThatIsWrittenToIsWrittenTo() {
        assertThat(losers("Ada", "Ada", "C1", "")).isEmpty();
        assertThat(losers("Ada", "Ada", "another", "")).containsExactly("dataverse");
    }

    private Set<String> losers(String directory, String contact, @Nullable String remoteId, String authority) {
        var there = read("{\"name\": {\"givenName\": \"" + directory + "\"}}");
        var here = read(
                "{\"id\": \"c1\", \"name\": {\"givenName\": \"" + contact + "\"}, \"authority\": [" + authority + "]}");
        Sides.weigh(there, here, null, fingerprint, ARRIVED);
        var user = JSON.createObjectNode();
        user.putObject(IdentityEvent.EXTENSION).set("directory", there);
        ((ObjectNode) user.path(IdentityEvent.EXTENSION)).set("contact", here);
        return Contest.of(user, "ada", 7, null, remoteId, fingerprint).losers();
    }

    @Test
    void aNameThatDataverseCutsWasNotChangedThere() {
        var name = "A".repeat(60);
        var agreed = look(name, name, null, "");

        assertThat(look(name, name.substring(0, 50), agreed).wins).isEmpty();
    }
}
