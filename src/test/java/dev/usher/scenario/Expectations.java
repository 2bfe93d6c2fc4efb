package dev.usher.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads what a scenario expects. Dead letters that nobody expects are always a fault. */
final class Expectations {

    private static final String NONE = "none";
    private static final List<String> OUTCOMES = List.of(
            "created", "updated", "unchanged", "stale", "superseded", "skipped", "retrying", "parked", "erased");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Expectations() {}

    static List<Expectation> read(Located expect) {
        var members =
                expect.members("calls", "outcomes", "projections", "records", "dead-letters", "mail", "reconciliation");
        var all = new ArrayList<Expectation>();
        present(members, "calls").forEach((system, lines) -> all.add(calls(system, lines)));
        present(members, "outcomes")
                .forEach((name, destinations) -> destinations
                        .entries()
                        .forEach((destination, outcome) -> all.add(outcome(name, destination, outcome))));
        present(members, "projections")
                .forEach((name, destinations) -> destinations
                        .entries()
                        .forEach((destination, projection) -> all.add(projection(name, destination, projection))));
        present(members, "records").forEach((system, records) -> all.add(records(system, records)));
        all.add(deadLetters(members.get("dead-letters")));
        if (members.containsKey("mail")) {
            all.add(records("mail", members.get("mail")));
        }
        if (members.containsKey("reconciliation")) {
            all.add(reconciliation(members.get("reconciliation")));
        }
        return all;
    }

    /** The report of the newest run; of a list or object in it, only what is named, but {@code {}} says that it is empty. */
    private static Expectation reconciliation(Located content) {
        content.entries();
        return stage -> {
            stage.product.reconcileOnePage(); // counts what has arrived since
            var report = stage.product.reconciliation();
            var faults = new ArrayList<String>();
            content.entries().forEach((name, expected) -> {
                var wanted = stage.fill(expected.json());
                var actual = report.path(name);
                boolean isEmpty = wanted.isContainerNode() && wanted.isEmpty();
                if (isEmpty ? !actual.isEmpty() : !Match.fits(wanted, actual)) {
                    faults.add(expected.wrong("it is " + actual).getMessage());
                }
            });
            return faults;
        };
    }

    private static Map<String, Located> present(Map<String, Located> members, String name) {
        return members.containsKey(name) ? members.get(name).entries() : Map.of();
    }

    private static List<Located> lines(Located content) {
        if (!content.is(NONE) && !content.isList()) {
            throw content.wrong("must be a list, or \"none\"");
        }
        return content.is(NONE) ? List.of() : content.items();
    }

    private static Expectation calls(String system, Located content) {
        var lines = lines(content);
        lines.forEach(line -> {
            var members = line.members("method", "path", "query", "body", "headers", "count", "status");
            if (!members.containsKey("method") || !members.containsKey("path")) {
                throw line.wrong("a call needs \"method\" and \"path\"");
            }
            if (members.containsKey("count") && !members.get("count").is("some")) {
                members.get("count").number();
            }
        });
        return stage -> {
            var faults = new ArrayList<String>();
            var writes = new ArrayList<>(Calls.writes(stage, system));
            for (var line : lines) {
                var hits = Calls.all(stage, system).stream()
                        .filter(call -> isCall(stage, line.entries(), call))
                        .toList();
                var count = line.entries().get("count");
                boolean right = count != null && count.is("some")
                        ? !hits.isEmpty()
                        : hits.size() == (count == null ? 1 : count.number());
                if (!right) {
                    faults.add(line.wrong("there were " + hits.size() + " such calls; all writes:" + shown(writes))
                            .getMessage());
                }
                writes.removeAll(hits);
            }
            if (!writes.isEmpty()) {
                faults.add(content.wrong("calls that nobody expects:" + shown(writes))
                        .getMessage());
            }
            return faults;
        };
    }

    private static boolean isCall(Stage stage, Map<String, Located> line, ObjectNode call) {
        return call.path("method").asText().equalsIgnoreCase(line.get("method").text())
                && stage.pattern(line.get("path").text())
                        .matcher(call.path("path").asText())
                        .matches()
                && (!line.containsKey("query")
                        || stage.pattern(line.get("query").text())
                                .matcher(call.path("query").asText())
                                .find())
                && fits(stage, line.get("body"), call.path("body"))
                && fits(stage, line.get("headers"), call.path("headers"))
                && fits(stage, line.get("status"), call.path("status"));
    }

    private static boolean fits(Stage stage, Located expected, JsonNode actual) {
        return expected == null || Match.fits(stage.fill(expected.json()), actual);
    }

    private static String shown(List<? extends JsonNode> nodes) {
        return nodes.isEmpty()
                ? " none"
                : nodes.stream()
                        .map(node -> node instanceof ObjectNode object && object.has("headers")
                                ? object.deepCopy()
                                        .remove(List.of("headers", "at"))
                                        .toString()
                                : node.toString())
                        .collect(Collectors.joining("\n    ", "\n    ", ""));
    }

    private static Expectation outcome(String name, String destination, Located content) {
        if (content.isMapping()) {
            var members = content.members("last", "all", "includes", "never", "reason");
            members.forEach((key, member) -> {
                if (!key.equals("reason")) {
                    member.oneOrMore().forEach(Expectations::isOutcome);
                }
            });
        } else {
            content.oneOrMore().forEach(Expectations::isOutcome);
        }
        return stage -> {
            var rows = stage.deliveries(name, destination);
            var words = new ArrayList<String>();
            rows.forEach(row -> {
                var word = String.valueOf(row.get("outcome"));
                if (!word.equals("retrying")
                        || words.isEmpty()
                        || !words.get(words.size() - 1).equals(word)) {
                    words.add(word);
                }
            });
            var reason = rows.isEmpty()
                    ? ""
                    : String.valueOf(rows.get(rows.size() - 1).get("reason"));
            return isOutcome(stage, content, words, reason)
                    ? List.of()
                    : List.of(content.wrong("the outcomes were " + words + ", the last reason \"" + reason + "\"")
                            .getMessage());
        };
    }

    private static void isOutcome(Located word) {
        if (!OUTCOMES.contains(word.text())) {
            throw word.wrong("\"" + word.text() + "\" is no outcome; there are " + OUTCOMES);
        }
    }

    private static boolean isOutcome(Stage stage, Located content, List<String> words, String reason) {
        if (content.isList()) {
            return words.equals(texts(content));
        }
        if (!content.isMapping()) {
            return !words.isEmpty() && words.get(words.size() - 1).equals(content.text());
        }
        return content.entries().entrySet().stream().allMatch(member -> switch (member.getKey()) {
            case "last" ->
                !words.isEmpty()
                        && words.get(words.size() - 1).equals(member.getValue().text());
            case "all" -> words.equals(texts(member.getValue()));
            case "includes" -> words.containsAll(texts(member.getValue()));
            case "never" -> texts(member.getValue()).stream().noneMatch(words::contains);
            default -> stage.pattern(member.getValue().text()).matcher(reason).find();
        });
    }

    private static List<String> texts(Located content) {
        return content.oneOrMore().stream().map(Located::text).toList();
    }

    private static Expectation projection(String name, String destination, Located content) {
        if (!content.is("absent")) {
            content.members("state", "remoteId", "reason", "note", "claim");
        }
        return stage -> {
            var row = stage.projection(name, destination);
            if (content.is("absent")) {
                return row.isEmpty()
                        ? List.of()
                        : List.of(content.wrong("there is one: " + row).getMessage());
            }
            var shown = JsonNodeFactory.instance.objectNode();
            shown.put("state", String.valueOf(row.get("state")).toLowerCase(java.util.Locale.ROOT));
            shown.put("remoteId", (String) row.get("remote_id"));
            shown.put("reason", (String) row.get("reason"));
            shown.put("note", (String) row.get("note"));
            shown.put("claim", (String) row.get("claim_key"));
            return content.entries().entrySet().stream()
                            .allMatch(member -> holds(stage, member.getValue(), shown.get(member.getKey())))
                    ? List.of()
                    : List.of(content.wrong("it is " + shown).getMessage());
        };
    }

    private static boolean holds(Stage stage, Located expected, JsonNode actual) {
        if (expected.is("present") || expected.is("absent")) {
            return actual.isNull() == expected.is("absent");
        }
        return Match.fits(stage.fill(expected.json()), actual);
    }

    /** As many records as the list has lines, each line fitting one of them; or {@code {count: n}}. */
    private static Expectation records(String system, Located content) {
        if (content.isMapping()) {
            content.members("count").values().forEach(Located::number);
        } else {
            lines(content).forEach(Located::entries);
        }
        return stage -> {
            var records = stage.product.control("GET", "/systems/" + system + "/records", null);
            boolean right = content.isMapping()
                    ? records.size() == content.entries().get("count").number()
                    : content.is(NONE) ? records.isEmpty() : Match.fits(stage.fill(content.json()), records);
            var shown = StreamSupport.stream(records.spliterator(), false).toList();
            return right
                    ? List.of()
                    : List.of(content.wrong("it holds:" + shown(shown)).getMessage());
        };
    }

    private static Expectation deadLetters(Located content) {
        var lines = content == null ? List.<Located>of() : lines(content);
        lines.forEach(line -> line.members("destination", "reason", "person", "event", "attempts"));
        return stage -> {
            var rows = stage.product
                    .database()
                    .queryForList("select destination, reason, subject as person, event_type as event, attempts"
                            + " from dead_letter order by at");
            var left = new ArrayList<JsonNode>();
            rows.forEach(row -> {
                var lower = JsonNodeFactory.instance.objectNode();
                row.forEach((column, value) -> lower.putPOJO(column.toLowerCase(java.util.Locale.ROOT), value));
                left.add(JSON.valueToTree(lower));
            });
            var faults = new ArrayList<String>();
            for (var line : lines) {
                var hit = left.stream()
                        .filter(row -> isLetter(stage, line.entries(), row))
                        .findFirst();
                if (hit.isEmpty()) {
                    faults.add(line.wrong("there is no such dead letter; left are:" + shown(left))
                            .getMessage());
                } else {
                    left.remove(hit.get());
                }
            }
            if (!left.isEmpty()) {
                faults.add("dead letters that nobody expects:" + shown(left));
            }
            long messages = stage.product.queues().waiting(Queues.DEAD_LETTERS);
            if (messages != rows.size()) {
                faults.add(rows.size() + " dead letters are written down, but " + messages
                        + " messages wait in their queue");
            }
            return faults;
        };
    }

    private static boolean isLetter(Stage stage, Map<String, Located> line, JsonNode row) {
        return line.entrySet().stream().allMatch(member -> switch (member.getKey()) {
            case "person" ->
                stage.id(member.getValue().text()).equals(row.path("person").asText());
            case "reason" ->
                Pattern.compile(member.getValue().text())
                        .matcher(row.path("reason").asText())
                        .find();
            default -> member.getValue().text().equals(row.path(member.getKey()).asText());
        });
    }
}
