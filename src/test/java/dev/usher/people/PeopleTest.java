package dev.usher.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import dev.usher.content.Fingerprint;
import dev.usher.content.Fingerprints;
import dev.usher.delivery.TestPauses;
import dev.usher.destination.Destinations;
import dev.usher.destination.TestDestinations;
import dev.usher.people.Overview.Standing;
import dev.usher.people.Search.Hit;
import dev.usher.projection.Change;
import dev.usher.projection.DeadLetter;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.LinkedContact;
import dev.usher.projection.Outcome;
import dev.usher.projection.Person;
import dev.usher.projection.Projection;
import dev.usher.projection.Projection.State;
import dev.usher.projection.Projections;
import dev.usher.projection.TestProjections;
import dev.usher.request.RequestProblem;
import dev.usher.watermark.EveryDatabase;
import dev.usher.watermark.TestWatermarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is told of people, whatever the database. */
class PeopleTest {

    private static final String STRIPE = "stripe";
    private static final String SQL = "sql";

    private final String ada = UUID.randomUUID().toString();
    private final TestClock clock = new TestClock();
    private final Fingerprint fingerprint = Fingerprints.with("a key of at least 16 characters");
    private DataSource database;
    private Destinations destinations;
    private Projections projections;
    private People people;

    @TempDir
    private Path routes;

    @BeforeEach
    void open(DataSource emptied) throws IOException {
        database = emptied;
        for (var name : List.of(STRIPE, SQL, "mailchimp")) {
            var folder = Files.createDirectories(routes.resolve("destinations").resolve(name));
            Files.writeString(folder.resolve("deliver-" + name + ".camel.yaml"), "# a route");
        }
        destinations = TestDestinations.of(
                routes.toString(),
                Map.of(
                        "usher.destinations.stripe.enabled",
                        "true",
                        "usher.destinations.sql.enabled",
                        "true",
                        "usher.destinations.mailchimp.enabled",
                        "false"));
        projections = TestProjections.on(database);
        people = new People(
                new PeopleTables(new JdbcTemplate(database)),
                projections,
                destinations,
                fingerprint,
                TestWatermarks.of(database, clock),
                TestPauses.notes(database, clock),
                clock);
    }

    private long now() {
        return clock.instant().toEpochMilli();
    }

    private Person person(long version) {
        return new Person(ada, version, "hash", fingerprint.ofEmail(ada + "@example.org"), false, false);
    }

    private Projection projection(String destination, State state, String remoteId, long version, String reason) {
        var mapping = destinations.get(destination).mapping();
        return new Projection(ada, destination, state, remoteId, "c", "hash", mapping, version, reason, null, null);
    }

    private DeliveryRow row(String destination, Outcome outcome, String reason, Long nextTry) {
        long version = (now() - 3_100) * 1000;
        return new DeliveryRow(
                now(),
                ada,
                destination,
                "e-1",
                "user.created",
                version,
                outcome,
                reason,
                outcome == Outcome.CREATED ? "cus_1" : null,
                "req_1",
                2,
                84,
                now() - 700,
                nextTry,
                outcome == Outcome.SKIPPED ? null : "everybody");
    }

    private void write(Change... changes) {
        projections.write(List.of(changes));
    }

    private Standing standing(String destination) {
        return people.overview(ada).destinations().stream()
                .filter(one -> one.destination().equals(destination))
                .findFirst()
                .orElseThrow();
    }

    private List<Hit> found(String text) {
        return people.search(text).items();
    }

    @EveryDatabase
    void aPersonIsFoundByEveryIdAndByAddressInAnyLetters() {
        var contact = UUID.randomUUID().toString();
        var value = new LinkedContact.Value("r", "d", "c");
        write(
                person(now() * 1000),
                projection(STRIPE, State.CURRENT, "cus_" + ada, 1, null),
                new LinkedContact(ada, contact, 1, value, value, value, 0));

        assertThat(found(ada.toUpperCase(java.util.Locale.ROOT)))
                .containsExactly(new Hit(ada, "object id", "active", clock.instant()));
        assertThat(found(" cus_" + ada + "\n")).extracting(Hit::foundBy).containsExactly("id in Stripe");
        assertThat(found(contact)).extracting(Hit::subject, Hit::foundBy).containsExactly(tuple(ada, "contact"));
        assertThat(found(' ' + ada.toUpperCase(java.util.Locale.ROOT) + "@Example.ORG "))
                .extracting(Hit::subject, Hit::foundBy)
                .containsExactly(tuple(ada, "e-mail"));
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    @EveryDatabase
    void severalWithOneAddressAreAList() {
        var twin = UUID.randomUUID().toString();
        write(person(1), new Person(twin, 1, "h", fingerprint.ofEmail(ada + "@example.org"), true, false));

        assertThat(found(ada + "@example.org"))
                .extracting(Hit::subject, Hit::state)
                .containsExactlyInAnyOrder(tuple(ada, "active"), tuple(twin, "deleted"));
    }

    @EveryDatabase
    void whoWasNeverRoutedIsFoundInTheLog() {
        write(row("router", Outcome.RETRYING, "the directory does not show the user yet", now() + 1_000));

        assertThat(found(ada)).containsExactly(new Hit(ada, "id in the log", "not routed", null));
        assertThat(people.overview(ada).known()).isTrue();
        assertThat(people.overview(ada).text())
                .isEqualTo(
                        "Nothing of this id was routed yet. The sign-up is not routed yet (try 2): the directory does"
                                + " not show the user yet. The next try comes at 2026-03-02 10:00:01 UTC or later. Rule:"
                                + " everybody.");
    }

    @EveryDatabase
    void whoIsNotFoundMayBeSynchronisedAndTheReasonsAreTold() {
        var nobody = people.search(ada);

        assertThat(nobody.items()).isEmpty();
        assertThat(nobody.candidate()).isEqualTo(ada);
        assertThat(nobody.hint())
                .startsWith("No person, record of a destination or contact")
                .contains("was not read yet");
        assertThat(people.search("nobody@example.org").hint())
                .startsWith("Nobody known has this as primary address")
                .doesNotContain("example.org");
        assertThat(people.search("  ").hint()).startsWith("Give an object id");
        assertThat(people.search("x".repeat(400)).hint()).startsWith("Give an object id");
        assertThat(people.overview(ada).known()).isFalse();
    }

    @EveryDatabase
    void theLogIsReadPageByPageNewestFirst() {
        var rows = new ArrayList<Change>();
        IntStream.range(0, 7).forEach(i -> rows.add(row(i % 2 == 0 ? STRIPE : SQL, Outcome.UNCHANGED, "r" + i, null)));
        projections.write(rows);

        var first = people.timeline(ada, null, null, 3);
        var second = people.timeline(ada, null, first.next(), 3);
        var third = people.timeline(ada, null, second.next(), 3);

        assertThat(List.of(first, second, third))
                .flatExtracting(page -> page.items())
                .extracting(entry -> ((Entry) entry).reason())
                .containsExactly("r6", "r5", "r4", "r3", "r2", "r1", "r0");
        assertThat(third.next()).isNull();
        assertThat(people.timeline(ada, SQL, null, null).items())
                .extracting(Entry::reason)
                .containsExactly("r5", "r3", "r1");
        assertThatThrownBy(() -> people.timeline(ada, null, "x", 3)).isInstanceOf(RequestProblem.class);
    }

    @EveryDatabase
    void aLineTellsWhenItHappenedWhenItWasSeenAndWhichRuleSentIt() {
        write(row(STRIPE, Outcome.CREATED, null, null));

        var line = people.timeline(ada, null, null, null).items().get(0);

        assertThat(line.text())
                .isEqualTo(
                        "Stripe took it as cus_1 after 84 ms, 3.1 s after the sign-up, which was seen after 2.4 s. Rule:"
                                + " everybody.");
        assertThat(line.happenedAt()).isEqualTo(clock.instant().minusMillis(3_100));
        assertThat(line.seenAt()).isEqualTo(clock.instant().minusMillis(700));
        assertThat(line.requestId()).isEqualTo("req_1");
    }

    @EveryDatabase
    void whatADestinationHoldsIsToldWithWhatIsStillOnItsWay() {
        long version = now() * 1000;
        write(
                person(version),
                projection(STRIPE, State.CURRENT, "cus_1", version, null),
                projection("mailchimp", State.SKIPPED, null, version, "no marketing consent"));

        assertThat(standing(STRIPE).text()).isEqualTo("Holds this person as cus_1.");
        assertThat(standing(STRIPE).state()).isEqualTo("current");
        assertThat(standing("mailchimp").text()).isEqualTo("Switched off.");
        assertThat(standing(SQL).state()).isEqualTo("waiting");
        assertThat(standing(SQL).text()).isEqualTo("Nothing was delivered yet. The last change waits in its queue.");

        write(row(SQL, Outcome.RETRYING, "no answer: ConnectException", now() + 10_000));

        assertThat(standing(SQL).text())
                .isEqualTo("Nothing was delivered yet. The last change waits for its next try: no answer:"
                        + " ConnectException.");
        assertThat(standing(SQL).nextTryAt()).isEqualTo(clock.instant().plus(Duration.ofSeconds(10)));
    }

    @EveryDatabase
    void whatWaitsForADestinationThatDoesNotAnswerSaysSinceWhen() {
        write(person(now() * 1000));
        TestPauses.pause(database, clock, SQL, 5_000, "HTTP 503");

        assertThat(standing(SQL).text())
                .isEqualTo("Nothing was delivered yet. The last change waits in its queue. It does not answer since"
                        + " 2026-03-02 10:00:00 UTC: HTTP 503.");
        assertThat(standing(SQL).nextTryAt()).isEqualTo(clock.instant().plusSeconds(5));
    }

    @EveryDatabase
    void whatWasGivenUpDoesNotWait() {
        long version = (now() - 3_100) * 1000;
        write(
                person(version),
                projection(STRIPE, State.CURRENT, "cus_1", version - 1, null).parked("HTTP 400"),
                row(STRIPE, Outcome.PARKED, "HTTP 400", null));

        assertThat(standing(STRIPE).state()).isEqualTo("parked");
        assertThat(standing(STRIPE).text()).isEqualTo("Not up to date: HTTP 400.");

        write(person(version + 1));

        assertThat(standing(STRIPE).state()).isEqualTo("waiting");
    }

    @EveryDatabase
    void aChangeThatTellsADestinationNothingDoesNotWaitThere() {
        write(person(now() * 1000), projection(STRIPE, State.CURRENT, "cus_1", 5, null));

        assertThat(standing(STRIPE).state()).isEqualTo("current");
    }

    @EveryDatabase
    void aMappingThatChangedSinceIsTold() {
        var old = new Projection(ada, STRIPE, State.CURRENT, "cus_1", "c", "hash", "old", 5, null, null, null);
        write(person(5), old);

        assertThat(standing(STRIPE).mappingOutdated()).isTrue();
        assertThat(standing(STRIPE).text()).isEqualTo("Holds this person as cus_1. Its mapping has changed since.");
    }

    @EveryDatabase
    void deadLettersOfThePersonAreShownWhileTheyAreOpen() {
        var jdbc = new JdbcTemplate(database);
        write(
                person(1),
                new DeadLetter("1" + ada.substring(1), now(), ada, STRIPE, "e-1", "user.created", "HTTP 400", 3, null),
                new DeadLetter("2" + ada.substring(1), now(), ada, SQL, "e-1", "user.created", "refused", 1, null));
        jdbc.update("update dead_letter set state = 'dismissed' where id = ?", "2" + ada.substring(1));

        assertThat(people.overview(ada).deadLetters())
                .containsExactly(new Overview.OpenLetter(
                        "1" + ada.substring(1), clock.instant(), STRIPE, "Stripe", "HTTP 400", 3));
    }
}
