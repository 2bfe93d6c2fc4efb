package dev.usher.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.projection.LinkedContact.Value;
import dev.usher.watermark.EveryDatabase;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every database under the store must do alike. */
class ProjectionStoreTest {

    private static final String STRIPE = "stripe";

    private final String ada = UUID.randomUUID().toString();
    private JdbcTemplate jdbc;
    private ProjectionStore store;

    @BeforeEach
    void open(DataSource database) {
        jdbc = new JdbcTemplate(database);
        store = new JdbcProjectionStore(jdbc, new TransactionTemplate(new DataSourceTransactionManager(database)));
    }

    private Person person(long version, String hash) {
        return new Person(ada, version, hash, "e-" + hash, false, false);
    }

    private Projection projection(String destination, long version, String remoteId) {
        return new Projection(
                ada,
                destination,
                Projection.State.CURRENT,
                remoteId,
                "content",
                "user",
                "mapping",
                version,
                null,
                "note",
                null);
    }

    private Known known() {
        return store.find(List.of(ada)).get(ada);
    }

    @EveryDatabase
    void somebodyNobodyHeardOfIsMissing() {
        assertThat(store.find(List.of(ada))).isEmpty();
        assertThat(store.find(List.of())).isEmpty();
    }

    @EveryDatabase
    void everythingWrittenIsFoundAgain() {
        var claimed = projection("sql", 5, null).claimed(new Projection.Claim("key", "hash", 99));

        store.write(List.of(person(5, "a"), projection(STRIPE, 5, "cus_1"), claimed));

        assertThat(known().person()).isEqualTo(person(5, "a"));
        assertThat(known().projections()).isEqualTo(Map.of(STRIPE, projection(STRIPE, 5, "cus_1"), "sql", claimed));
    }

    @EveryDatabase
    void whoToldOfAPersonFirstStays() {
        store.write(List.of(person(1, "a"), new Heard(ada, "/entra/audit-log")));
        store.write(List.of(person(2, "b"), new Heard(ada, "/usher/reconciliation")));

        assertThat(jdbc.queryForObject("select heard_by from person where subject = ?", String.class, ada))
                .isEqualTo("/entra/audit-log");
    }

    @EveryDatabase
    void aHandEditIsNotedOnceForEachEventAndDestination() {
        var edit = new HandEdit("7/" + ada, STRIPE, ada, HandEdit.CHANGED, 99);

        store.write(List.of(edit, edit));
        store.write(List.of(edit, new HandEdit("7/" + ada, "sql", ada, HandEdit.REMOVED, 99)));

        assertThat(jdbc.queryForList(
                        "select destination from hand_edit where subject = ? order by destination", String.class, ada))
                .containsExactly("sql", STRIPE);
    }

    @EveryDatabase
    void aPersonWithoutAddressIsFoundAgain() {
        store.write(List.of(new Person(ada, 1, "a", null, true, false)));

        assertThat(known().person()).isEqualTo(new Person(ada, 1, "a", null, true, false));
    }

    @EveryDatabase
    void anOlderVersionChangesNothing() {
        store.write(List.of(person(5, "new"), projection(STRIPE, 5, "cus_new")));

        store.write(List.of(person(4, "old"), projection(STRIPE, 4, "cus_old")));

        assertThat(known().person()).isEqualTo(person(5, "new"));
        assertThat(known().in(STRIPE)).isEqualTo(projection(STRIPE, 5, "cus_new"));
    }

    @EveryDatabase
    void theSameVersionReplaces() {
        store.write(List.of(projection(STRIPE, 5, null), person(5, "a")));

        store.write(List.of(projection(STRIPE, 5, "cus_1")));

        assertThat(known().in(STRIPE)).isEqualTo(projection(STRIPE, 5, "cus_1"));
    }

    @EveryDatabase
    void writingTheSameTwiceIsTheSameAsOnce() {
        var changes = List.<Change>of(person(5, "a"), projection(STRIPE, 5, "cus_1"));

        store.write(changes);
        store.write(changes);

        assertThat(known().projections()).containsOnlyKeys(STRIPE);
    }

    @EveryDatabase
    void ofTwoVersionsInOneWriteTheNewerStays() {
        store.write(List.of(
                projection(STRIPE, 7, "newer"),
                projection(STRIPE, 6, "older"),
                person(6, "older"),
                person(7, "newer")));

        assertThat(known().in(STRIPE)).isEqualTo(projection(STRIPE, 7, "newer"));
        assertThat(known().person()).isEqualTo(person(7, "newer"));
    }

    @EveryDatabase
    void everyTryIsLoggedAgain() {
        var row =
                new DeliveryRow(1, ada, STRIPE, "e", "user.created", 5, Outcome.CREATED, null, "cus_1", "req_1", 1, 12);

        store.write(List.of(row));
        store.write(List.of(row, row));

        assertThat(jdbc.queryForList("select outcome from delivery where subject = ?", String.class, ada))
                .containsExactly("created", "created", "created");
    }

    @EveryDatabase
    void aDeadLetterIsKeptAsItWasFirst() {
        var id = UUID.randomUUID().toString();

        store.write(List.of(new DeadLetter(id, 1, ada, STRIPE, "e", "user.created", "first", 1, "The first words")));
        store.write(List.of(new DeadLetter(id, 2, null, STRIPE, "e", "user.created", "second", 2, null)));

        assertThat(jdbc.queryForList("select reason || ': ' || words from dead_letter where id = ?", String.class, id))
                .containsExactly("first: The first words");
    }

    @EveryDatabase
    void aLongNoteIsKeptWhole() {
        var note = "3e000000-0000-4000-8000-000000000001,".repeat(50);

        store.write(List.of(person(1, "a"), projection(STRIPE, 1, "cus_1").noted(note)));

        assertThat(known().in(STRIPE).note()).isEqualTo(note);
    }

    private LinkedContact contact(String contactId, long version, String routed) {
        return new LinkedContact(
                ada,
                contactId,
                version,
                new Value(routed, "n-directory", "n-contact"),
                new Value("e", "e-directory", "e-contact"),
                new Value("c", "c-directory", "c-contact"),
                version - 1);
    }

    @EveryDatabase
    void aLinkedContactIsFoundByUserAndByContact() {
        var contactId = UUID.randomUUID().toString();

        store.write(List.of(contact(contactId, 5, "n")));

        assertThat(store.contacts(List.of(ada, "nobody"))).isEqualTo(Map.of(ada, contact(contactId, 5, "n")));
        assertThat(store.userOf(contactId)).isEqualTo(ada);
        assertThat(store.userOf("unknown")).isNull();
    }

    @EveryDatabase
    void ofALinkedContactTheNewestVersionStays() {
        store.write(List.of(contact("first", 5, "n"), contact("second", 6, "new"), contact("late", 4, "old")));

        store.write(List.of(contact("first", 5, "n")));

        assertThat(store.contacts(List.of(ada))).isEqualTo(Map.of(ada, contact("second", 6, "new")));
    }

    @EveryDatabase
    void aSideThatWasWrittenIsNotedWhereItShowsNowWhatWasRouted() {
        store.write(List.of(contact("c1", 5, "n")));

        store.write(List.of(
                new SideWritten(ada, null, "n", "other", "c", 17),
                new SideWritten(ada, "c1", "other", "e", "c", 18),
                new SideWritten(ada, "c2", "n", "e", "c", 19)));

        var linked = store.contacts(List.of(ada)).get(ada);
        assertThat(linked.names()).isEqualTo(new Value("n", "n-directory", "n-contact", 17, 0));
        assertThat(linked.email()).isEqualTo(new Value("e", "e-directory", "e-contact", 0, 18));
        assertThat(linked.consent()).isEqualTo(new Value("c", "c-directory", "c-contact", 17, 18));
    }

    @EveryDatabase
    void aSideThatShowedTheRoutedValueAnywayIsNotNoted() {
        var same = new Value("n", "n", "n");
        store.write(List.of(new LinkedContact(ada, "c1", 5, same, same, same, 0)));

        store.write(List.of(new SideWritten(ada, null, "n", "n", "n", 17)));

        assertThat(store.contacts(List.of(ada)).get(ada).names()).isEqualTo(same);
    }

    @EveryDatabase
    void aLongReasonIsCutAndNotRefused() {
        store.write(List.of(person(1, "a"), projection(STRIPE, 1, null).parked("x".repeat(300))));

        assertThat(known().in(STRIPE).reason()).hasSize(255).endsWith("…");
    }

    @EveryDatabase
    void allIsWrittenOrNothing() {
        var tooLong = new Person("x".repeat(65), 1, "a", null, false, true);

        assertThatThrownBy(() -> store.write(List.of(projection(STRIPE, 1, "cus_1"), tooLong)))
                .isInstanceOf(DataAccessException.class);

        assertThat(jdbc.queryForList("select remote_id from projection where subject = ?", ada))
                .isEmpty();
    }

    @EveryDatabase
    void manyPeopleAreFoundInOneQuestion() {
        var subjects = java.util.stream.IntStream.range(0, 70)
                .mapToObj(i -> UUID.randomUUID().toString())
                .toList();
        store.write(subjects.stream()
                .map(subject -> (Change) new Person(subject, 1, "a", null, false, true))
                .toList());

        assertThat(store.find(subjects)).containsOnlyKeys(subjects);
    }

    @EveryDatabase
    void writersAtTheSameMomentLeaveTheNewestVersion() throws Exception {
        store.write(List.of(person(0, "start"), projection(STRIPE, 0, "start")));
        var threads = Executors.newFixedThreadPool(8);
        try {
            var tasks = java.util.stream.LongStream.rangeClosed(1, 40)
                    .mapToObj(version -> (Callable<Void>) () -> {
                        store.write(List.of(projection(STRIPE, version, "cus_" + version)));
                        return null;
                    })
                    .toList();

            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(known().in(STRIPE)).isEqualTo(projection(STRIPE, 40, "cus_40"));
    }
}
