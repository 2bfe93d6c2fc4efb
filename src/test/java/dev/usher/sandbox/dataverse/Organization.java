package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.RandomIds;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one environment. Every write is part of {@link #atomically}, which undoes all of it when it fails and tells what happened
 * when it did not. Not thread safe by itself: callers hold its monitor.
 */
final class Organization {
    private final Clock clock;
    private final Consumer<Happening> steps;
    private final Map<Table, Rows> tables = new HashMap<>();
    private final Map<String, Set<String>> roleContacts = new HashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Happening> happened = new ArrayList<>();
    private long version = 1_000_000;
    private int depth;

    Organization(Clock clock, Consumer<Happening> steps) {
        this.clock = clock;
        this.steps = steps;
        Tables.BY_SET.values().forEach(table -> tables.put(table, new Rows(table)));
    }

    Rows rows(Table table) {
        return tables.get(table);
    }

    /** The version of the youngest write. */
    long version() {
        return version;
    }

    /** Makes every version so far older than whatever comes. */
    void nextVersion() {
        version++;
    }

    /** Does all of the work or none of it. Work inside such work is part of it. */
    <T> T atomically(Supplier<T> work) {
        int undoBefore = undo.size();
        int happenedBefore = happened.size();
        depth++;
        try {
            T result = work.get();
            if (depth == 1) {
                happened.forEach(steps);
                happened.clear();
                undo.clear();
            }
            return result;
        } catch (RuntimeException e) {
            while (undo.size() > undoBefore) {
                undo.pop().run();
            }
            happened.subList(happenedBefore, happened.size()).clear();
            throw e;
        } finally {
            depth--;
        }
    }

    /** @param values written members; the primary key may be among them @throws Refusal when the key is taken */
    Row create(Table table, ObjectNode values, Writer writer) {
        String id = values.path(table.key()).asText(RandomIds.uuid()).toLowerCase(Locale.ROOT);
        if (rows(table).get(id) != null) {
            throw DataverseErrors.exists();
        }
        refuseDuplicate(table, id, values, writer);
        ObjectNode content = Json.object();
        table.columns().keySet().forEach(content::putNull);
        content.setAll(values);
        content.put(table.key(), id)
                .put("createdon", now())
                .put("_createdby_value", writer.user())
                .put("statecode", values.path("statecode").asInt(0));
        content.put(
                "statuscode",
                values.path("statuscode").asInt(content.get("statecode").intValue() + 1));
        Row row = placed(table, id, content, version + 1, writer);
        happened.add(new Happening("Create", row, null, writer));
        return row;
    }

    Row update(Row before, ObjectNode values, Writer writer) {
        Table table = before.table();
        refuseDuplicate(table, before.id(), values, writer);
        ObjectNode content = before.content().deepCopy();
        content.setAll(values);
        Set<String> members = new LinkedHashSet<>();
        values.fieldNames().forEachRemaining(members::add);
        if (values.has("statecode") && !values.has("statuscode")) {
            content.put("statuscode", values.get("statecode").intValue() + 1);
            members.add("statuscode");
        }
        members.addAll(List.of("modifiedon", "_modifiedby_value"));
        if (members.contains("firstname") || members.contains("lastname")) {
            members.add("fullname");
        }
        Row row = placed(table, before.id(), content, before.sequence(), writer);
        happened.add(new Happening("Update", row, List.copyOf(members), writer));
        return row;
    }

    private Row placed(Table table, String id, ObjectNode content, long sequence, Writer writer) {
        version++;
        content.put("modifiedon", now()).put("_modifiedby_value", writer.user()).put("versionnumber", version);
        if (table.equals(Tables.CONTACT)) {
            content.set("fullname", fullName(content));
        }
        Row row = new Row(table, sequence, version, content);
        place(table, id, row);
        return row;
    }

    private void place(Table table, String id, @Nullable Row now) {
        Row before = rows(table).place(id, now);
        undo.push(() -> rows(table).place(id, before));
    }

    /** Deletes a row; with a contact go its external identities and its web roles. */
    void delete(Row row, Writer writer) {
        if (row.table().equals(Tables.CONTACT)) {
            rows(Tables.EXTERNAL_IDENTITY)
                    .having("_adx_contactid_value", List.of(row.id()))
                    .forEach(identity -> delete(identity, writer));
            List.copyOf(rolesOf(row.id())).forEach(role -> disassociate(role, row.id()));
        }
        place(row.table(), row.id(), null);
        long at = ++version;
        rows(row.table()).rememberDeleted(at, row.id());
        undo.push(() -> rows(row.table()).forgetDeleted(at));
        happened.add(new Happening("Delete", row, null, writer));
    }

    /** Gives a contact a web role. @throws Refusal when it has it */
    void associate(String role, String contact) {
        if (!roleContacts.computeIfAbsent(role, any -> new TreeSet<>()).add(contact)) {
            throw new Refusal(DataverseErrors.error(412, "0x80040237", "Cannot insert duplicate key."));
        }
        undo.push(() -> roleContacts.get(role).remove(contact));
    }

    /** Takes a web role away; false when the contact did not have it. */
    boolean disassociate(String role, String contact) {
        boolean had = roleContacts.getOrDefault(role, Set.of()).contains(contact);
        if (had) {
            roleContacts.get(role).remove(contact);
            undo.push(() -> roleContacts.get(role).add(contact));
        }
        return had;
    }

    Set<String> contactsOf(String role) {
        return roleContacts.getOrDefault(role, Set.of());
    }

    List<String> rolesOf(String contact) {
        return roleContacts.entrySet().stream()
                .filter(one -> one.getValue().contains(contact))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    void clear() {
        tables.values().forEach(Rows::clear);
        roleContacts.clear();
    }

    private void refuseDuplicate(Table table, String id, ObjectNode values, Writer writer) {
        String email = values.path("emailaddress1").asText("");
        boolean twin = writer.refusesDuplicates()
                && table.equals(Tables.CONTACT)
                && rows(table).having("emailaddress1", List.of(email)).stream()
                        .anyMatch(other -> other.active() && !other.id().equals(id));
        if (twin) {
            throw DataverseErrors.duplicate();
        }
    }

    private static JsonNode fullName(ObjectNode content) {
        String name = String.join(
                " ",
                Stream.of("firstname", "middlename", "lastname")
                        .map(member -> content.path(member).asText(""))
                        .filter(part -> !part.isBlank())
                        .toList());
        return name.isEmpty() ? content.nullNode() : TextNode.valueOf(name);
    }

    /** Dataverse keeps whole seconds. */
    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
