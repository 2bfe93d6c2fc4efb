package dev.usher.projection;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Plain SQL that H2 and PostgreSQL both read. An upsert is an update followed by an insert of the rows it did not find:
 * MERGE races on PostgreSQL, and H2 has no ON CONFLICT. Two nodes that insert the same row at once: one of them fails and
 * is tried again, which then updates.
 */
final class JdbcProjectionStore implements ProjectionStore {

    private static final String FIND = """
            select p.subject, p.version, p.content_hash, p.email_hash, p.deleted,
                   j.destination, j.state, j.remote_id, j.content_hash, j.user_hash, j.mapping, j.version, j.reason, j.note,
                   j.claim_key, j.claim_hash, j.claimed_at, p.disabled
              from person p left join projection j on j.subject = p.subject
             where p.subject in (%s)
            """;
    private static final String UPDATE_PERSON =
            "update person set version = ?, content_hash = ?, email_hash = ?, deleted = ?, disabled = ? where subject = ? and version <= ?";
    private static final String INSERT_PERSON =
            "insert into person (version, content_hash, email_hash, deleted, disabled, subject)"
                    + " select ?, ?, ?, ?, ?, ? where not exists (select 1 from person where subject = ?)";
    private static final String FIND_CONTACTS = "select * from linked_contact where subject in (%s)";
    private static final String USER_OF_CONTACT =
            "select subject from linked_contact where contact_id = ? order by version desc";
    private static final String UPDATE_CONTACT = """
            update linked_contact set contact_id = ?, version = ?, contested_at = ?,
                   names = ?, names_directory = ?, names_contact = ?, names_directory_at = ?, names_contact_at = ?,
                   email = ?, email_directory = ?, email_contact = ?, email_directory_at = ?, email_contact_at = ?,
                   consent = ?, consent_directory = ?, consent_contact = ?, consent_directory_at = ?, consent_contact_at = ?
             where subject = ? and version <= ?
            """;
    private static final String INSERT_CONTACT = """
            insert into linked_contact (contact_id, version, contested_at,
                   names, names_directory, names_contact, names_directory_at, names_contact_at,
                   email, email_directory, email_contact, email_directory_at, email_contact_at,
                   consent, consent_directory, consent_contact, consent_directory_at, consent_contact_at, subject)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? where not exists (select 1 from linked_contact where subject = ?)
            """;
    private static final String DIRECTORY_WRITTEN = written("directory", "");
    private static final String CONTACT_WRITTEN = written("contact", " and contact_id = ?");
    private static final String FIRST_HEARD = "update person set heard_by = ? where subject = ? and heard_by is null";
    private static final String INSERT_HAND_EDIT = """
            insert into hand_edit (event_id, destination, subject, finding, at, run)
            select ?, ?, ?, ?, ?, cast(? as bigint) where not exists (select 1 from hand_edit where event_id = ? and destination = ?)
            """;
    private static final String UPDATE_PROJECTION = """
            update projection set state = ?, remote_id = ?, content_hash = ?, user_hash = ?, mapping = ?, version = ?,
                   reason = ?, note = ?, claim_key = ?, claim_hash = ?, claimed_at = ?
             where subject = ? and destination = ? and version <= ?
            """;
    private static final String INSERT_PROJECTION = """
            insert into projection (state, remote_id, content_hash, user_hash, mapping, version, reason, note,
                   claim_key, claim_hash, claimed_at, subject, destination)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as bigint), ?, ?
             where not exists (select 1 from projection where subject = ? and destination = ?)
            """;
    private static final String INSERT_DELIVERY = """
            insert into delivery (at, subject, destination, event_id, event_type, version, outcome, reason, remote_id,
                   request_id, attempt, millis, seen_at, next_try, sent_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String INSERT_DEAD_LETTER = """
            insert into dead_letter (id, at, subject, destination, event_id, event_type, reason, attempts, words, state,
                   reported)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', false where not exists (select 1 from dead_letter where id = ?)
            """;

    private static String written(String side, String and) {
        var set = Stream.of("names", "email", "consent")
                .map(group ->
                        "%1$s_%2$s_at = case when %1$s = ? and %1$s_%2$s <> %1$s then cast(? as bigint) else %1$s_%2$s_at end"
                                .formatted(group, side))
                .collect(Collectors.joining(", "));
        return "update linked_contact set " + set + " where subject = ?" + and;
    }

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    JdbcProjectionStore(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public Map<String, Known> find(Collection<String> subjects) {
        if (subjects.isEmpty()) {
            return Map.of();
        }
        Map<String, Known> found = new HashMap<>();
        query(FIND, subjects, row -> collect(row, found));
        return found;
    }

    @Override
    public Map<String, LinkedContact> contacts(Collection<String> subjects) {
        Map<String, LinkedContact> found = new HashMap<>();
        query(FIND_CONTACTS, subjects, row -> found.put(row.getString("subject"), contact(row)));
        return found;
    }

    @Override
    public @Nullable String userOf(String contactId) {
        return jdbc.queryForList(USER_OF_CONTACT, String.class, contactId).stream()
                .findFirst()
                .orElse(null);
    }

    private void query(String sql, Collection<String> subjects, RowCallbackHandler row) {
        var arguments = padded(subjects);
        jdbc.query(sql.formatted(String.join(",", Collections.nCopies(arguments.length, "?"))), row, arguments);
    }

    /** Repeats the last value up to a power of two, so that the databases see few different statements. */
    private static Object[] padded(Collection<String> subjects) {
        var values = new ArrayList<Object>(subjects);
        int size = Integer.highestOneBit(Math.max(1, values.size() * 2 - 1));
        while (values.size() < size) {
            values.add(values.get(values.size() - 1));
        }
        return values.toArray();
    }

    private static void collect(ResultSet row, Map<String, Known> found) throws SQLException {
        var subject = row.getString(1);
        var known = found.get(subject);
        if (known == null) {
            known = new Known(
                    new Person(
                            subject,
                            row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getBoolean(5),
                            row.getBoolean(18)),
                    new HashMap<>());
            found.put(subject, known);
        }
        var destination = row.getString(6);
        if (destination != null) {
            known.projections().put(destination, projection(subject, destination, row));
        }
    }

    private static LinkedContact contact(ResultSet row) throws SQLException {
        return new LinkedContact(
                row.getString("subject"),
                row.getString("contact_id"),
                row.getLong("version"),
                value(row, "names"),
                value(row, "email"),
                value(row, "consent"),
                row.getLong("contested_at"));
    }

    private static LinkedContact.Value value(ResultSet row, String group) throws SQLException {
        return new LinkedContact.Value(
                row.getString(group),
                row.getString(group + "_directory"),
                row.getString(group + "_contact"),
                row.getLong(group + "_directory_at"),
                row.getLong(group + "_contact_at"));
    }

    private static Projection projection(String subject, String destination, ResultSet row) throws SQLException {
        var claimKey = row.getString(15);
        var claim = claimKey == null ? null : new Projection.Claim(claimKey, row.getString(16), row.getLong(17));
        return new Projection(
                subject,
                destination,
                Projection.State.valueOf(row.getString(7)),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getLong(12),
                row.getString(13),
                row.getString(14),
                claim);
    }

    @Override
    public void write(List<Change> changes) {
        Map<String, Person> people = new LinkedHashMap<>();
        Map<String, LinkedContact> contacts = new LinkedHashMap<>();
        Map<List<String>, Projection> projections = new LinkedHashMap<>();
        List<SideWritten> sides = new ArrayList<>();
        List<DeliveryRow> deliveries = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>();
        Map<String, Heard> heard = new LinkedHashMap<>();
        Map<List<String>, HandEdit> handEdits = new LinkedHashMap<>();
        for (var change : changes) {
            if (change instanceof Person person) {
                people.merge(person.subject(), person, (a, b) -> b.version() >= a.version() ? b : a);
            } else if (change instanceof LinkedContact contact) {
                contacts.merge(contact.subject(), contact, (a, b) -> b.version() >= a.version() ? b : a);
            } else if (change instanceof SideWritten side) {
                sides.add(side);
            } else if (change instanceof Projection projection) {
                projections.merge(
                        List.of(projection.subject(), projection.destination()),
                        projection,
                        (a, b) -> b.version() >= a.version() ? b : a);
            } else if (change instanceof DeliveryRow row) {
                deliveries.add(row);
            } else if (change instanceof DeadLetter letter) {
                deadLetters.add(letter);
            } else if (change instanceof Heard first) {
                heard.putIfAbsent(first.subject(), first);
            } else if (change instanceof HandEdit edit) {
                handEdits.putIfAbsent(List.of(edit.eventId(), edit.destination()), edit);
            }
        }
        transaction.executeWithoutResult(status -> {
            upsert(people.values(), UPDATE_PERSON, this::updatePerson, INSERT_PERSON, this::insertPerson);
            upsert(contacts.values(), UPDATE_CONTACT, this::updateContact, INSERT_CONTACT, this::insertContact);
            sides.sort(Comparator.comparing(SideWritten::subject));
            batch(DIRECTORY_WRITTEN, of(sides, false), JdbcProjectionStore::sideWritten);
            batch(CONTACT_WRITTEN, of(sides, true), JdbcProjectionStore::sideWritten);
            batch(FIRST_HEARD, heard.values(), JdbcProjectionStore::firstHeard);
            upsert(
                    projections.values(),
                    UPDATE_PROJECTION,
                    this::updateProjection,
                    INSERT_PROJECTION,
                    this::insertProjection);
            batch(INSERT_DELIVERY, deliveries, JdbcProjectionStore::insertDelivery);
            batch(INSERT_DEAD_LETTER, deadLetters, JdbcProjectionStore::insertDeadLetter);
            batch(INSERT_HAND_EDIT, handEdits.values(), JdbcProjectionStore::insertHandEdit);
        });
    }

    private <T> void upsert(
            Collection<T> rows,
            String update,
            ParameterizedPreparedStatementSetter<T> updateSetter,
            String insert,
            ParameterizedPreparedStatementSetter<T> insertSetter) {
        var counts = batch(update, rows, updateSetter);
        var missing = new ArrayList<T>();
        int i = 0;
        for (var row : rows) {
            if (counts[i++] == 0) {
                missing.add(row);
            }
        }
        batch(insert, missing, insertSetter);
    }

    private <T> int[] batch(String sql, Collection<T> rows, ParameterizedPreparedStatementSetter<T> setter) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        return jdbc.batchUpdate(sql, rows, rows.size(), setter)[0];
    }

    private void updatePerson(PreparedStatement s, Person p) throws SQLException {
        person(s, p);
        s.setLong(7, p.version());
    }

    private void insertPerson(PreparedStatement s, Person p) throws SQLException {
        person(s, p);
        s.setString(7, p.subject());
    }

    private static void person(PreparedStatement s, Person p) throws SQLException {
        s.setLong(1, p.version());
        s.setString(2, p.contentHash());
        s.setString(3, p.emailHash());
        s.setBoolean(4, p.deleted());
        s.setBoolean(5, p.disabled());
        s.setString(6, p.subject());
    }

    private void updateContact(PreparedStatement s, LinkedContact c) throws SQLException {
        contact(s, c);
        s.setLong(20, c.version());
    }

    private void insertContact(PreparedStatement s, LinkedContact c) throws SQLException {
        contact(s, c);
        s.setString(20, c.subject());
    }

    private static void contact(PreparedStatement s, LinkedContact c) throws SQLException {
        s.setString(1, c.contactId());
        s.setLong(2, c.version());
        s.setLong(3, c.contestedAt());
        int column = 4;
        for (var value : List.of(c.names(), c.email(), c.consent())) {
            s.setString(column++, value.routed());
            s.setString(column++, value.directory());
            s.setString(column++, value.contact());
            s.setLong(column++, value.directoryAt());
            s.setLong(column++, value.contactAt());
        }
        s.setString(19, c.subject());
    }

    private static List<SideWritten> of(List<SideWritten> all, boolean contacts) {
        return all.stream()
                .filter(side -> (side.contactId() != null) == contacts)
                .toList();
    }

    private static void sideWritten(PreparedStatement s, SideWritten w) throws SQLException {
        int column = 1;
        for (var shown : List.of(w.names(), w.email(), w.consent())) {
            s.setString(column++, shown);
            s.setLong(column++, w.at());
        }
        s.setString(7, w.subject());
        if (w.contactId() != null) {
            s.setString(8, w.contactId());
        }
    }

    private static void firstHeard(PreparedStatement s, Heard h) throws SQLException {
        s.setString(1, h.source());
        s.setString(2, h.subject());
    }

    private static void insertHandEdit(PreparedStatement s, HandEdit e) throws SQLException {
        s.setString(1, e.eventId());
        s.setString(2, e.destination());
        s.setString(3, e.subject());
        s.setString(4, e.finding());
        s.setLong(5, e.at());
        s.setObject(6, e.run(), Types.BIGINT);
        s.setString(7, e.eventId());
        s.setString(8, e.destination());
    }

    private void updateProjection(PreparedStatement s, Projection p) throws SQLException {
        projection(s, p);
        s.setLong(14, p.version());
    }

    private void insertProjection(PreparedStatement s, Projection p) throws SQLException {
        projection(s, p);
        s.setString(14, p.subject());
        s.setString(15, p.destination());
    }

    private static void projection(PreparedStatement s, Projection p) throws SQLException {
        s.setString(1, p.state().name());
        s.setString(2, p.remoteId());
        s.setString(3, p.contentHash());
        s.setString(4, p.userHash());
        s.setString(5, p.mapping());
        s.setLong(6, p.version());
        s.setString(7, shortened(p.reason()));
        s.setString(8, p.note());
        var claim = p.claim();
        if (claim == null) {
            s.setNull(9, Types.VARCHAR);
            s.setNull(10, Types.VARCHAR);
            s.setNull(11, Types.BIGINT);
        } else {
            s.setString(9, claim.key());
            s.setString(10, claim.contentHash());
            s.setLong(11, claim.at());
        }
        s.setString(12, p.subject());
        s.setString(13, p.destination());
    }

    private static void insertDelivery(PreparedStatement s, DeliveryRow d) throws SQLException {
        s.setLong(1, d.at());
        s.setString(2, d.subject());
        s.setString(3, d.destination());
        s.setString(4, d.eventId());
        s.setString(5, d.eventType());
        s.setLong(6, d.version());
        s.setString(7, d.outcome().word());
        s.setString(8, shortened(d.reason()));
        s.setString(9, d.remoteId());
        s.setString(10, d.requestId());
        s.setInt(11, d.attempt());
        s.setLong(12, d.millis());
        s.setObject(13, d.seenAt(), Types.BIGINT);
        s.setObject(14, d.nextTry(), Types.BIGINT);
        s.setString(15, shortened(d.rule()));
    }

    private static void insertDeadLetter(PreparedStatement s, DeadLetter d) throws SQLException {
        s.setString(1, d.id());
        s.setLong(2, d.at());
        s.setString(3, d.subject());
        s.setString(4, d.destination());
        s.setString(5, d.eventId());
        s.setString(6, d.eventType());
        s.setString(7, shortened(d.reason()));
        s.setInt(8, d.attempts());
        s.setString(9, d.words());
        s.setString(10, d.id());
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= 255 ? text : text.substring(0, 254) + "…";
    }
}
