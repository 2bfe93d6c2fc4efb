package dev.usher.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What the contract of all destinations needs to know of one, from {@code src/test/scenarios/<destination>/contract.yaml}.
 *
 * @param system the sandbox's system that simulates it
 * @param method of its writes
 * @param path regular expression of the whole path of its writes
 * @param record what a person's record looks like, with the names of a scenario
 * @param person what the person tells at the sign-up besides name, address and consent
 * @param changes two changes of a user, one after the other, that it must hear of
 */
record Contract(
        String destination,
        String system,
        String method,
        String path,
        JsonNode record,
        JsonNode person,
        List<JsonNode> changes,
        Refusal refusal) {

    static final String FILE = "contract.yaml";
    private static final Path ROOT = Path.of("src/test/scenarios");

    /**
     * How it is made to refuse.
     *
     * @param fault what the system answers; null where statements do it
     * @param statement breaks the database, and {@code mend} puts it right
     * @param reason regular expression of the reason that must be told
     */
    record Refusal(JsonNode fault, String statement, String mend, String reason) {}

    @Override
    public String toString() {
        return destination;
    }

    /** @throws Mistake naming file, line and key, or the file that is missing */
    static Contract of(String destination) throws IOException {
        var file = ROOT.resolve(destination).resolve(FILE);
        if (!Files.exists(file)) {
            throw new Mistake(file.toString(), "there is no such file; docs/scenarios.md says what stands in it");
        }
        var whole = Located.read(file);
        var members = whole.members("system", "write", "record", "person", "changes", "refusal");
        for (var needed : List.of("system", "write", "record", "changes", "refusal")) {
            if (!members.containsKey(needed)) {
                throw whole.wrong("a contract needs \"" + needed + "\"");
            }
        }
        var write = members.get("write").members("method", "path");
        if (members.get("changes").items().size() != 2) {
            throw members.get("changes").wrong("must be two changes");
        }
        return new Contract(
                destination,
                members.get("system").text(),
                write.get("method").text(),
                write.get("path").text(),
                members.get("record").json(),
                members.containsKey("person") ? members.get("person").json() : JsonNodeFactory.instance.objectNode(),
                members.get("changes").items().stream().map(Located::json).toList(),
                refusal(members.get("refusal").members("status", "statement", "mend", "reason")));
    }

    private static Refusal refusal(Map<String, Located> members) {
        var fault = JsonNodeFactory.instance.objectNode();
        if (members.containsKey("status")) {
            fault.put("status", members.get("status").number());
        }
        return new Refusal(
                fault,
                members.containsKey("statement") ? members.get("statement").text() : "",
                members.containsKey("mend") ? members.get("mend").text() : "",
                members.get("reason").text());
    }

    /** The fault, on nothing but this destination's writes. */
    ObjectNode onWrites(JsonNode fault) {
        var narrowed = (ObjectNode) fault.deepCopy();
        return system.equals("sql") ? narrowed : narrowed.put("path", path + "$");
    }

    /** A sign-up of whom this destination must hear. @param signUp what everybody tells */
    ObjectNode signUp(JsonNode signUp) {
        return ((ObjectNode) signUp.deepCopy()).setAll((ObjectNode) person);
    }

    List<ObjectNode> writes(Stage stage) {
        return Calls.writes(stage, system).stream()
                .filter(call -> call.path("method").asText().matches(method))
                .filter(call -> call.path("path").asText().matches(path))
                .toList();
    }

    /** How many records the system holds of this person. */
    long records(Stage stage) {
        var all = stage.product.control("GET", "/systems/" + system + "/records", null);
        var wanted = stage.fill(record);
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> Match.fits(wanted, one))
                .count();
    }
}
