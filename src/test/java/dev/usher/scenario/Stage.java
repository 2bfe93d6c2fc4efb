package dev.usher.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Where a scenario plays: the product, the people who have signed up so far by their names, and what a name stands for. */
final class Stage {

    private static final Pattern NAME = Pattern.compile("\\$\\{([^}.]+)(?:\\.([^}]+))?}");

    private record Person(String id, String email) {}

    final Product product;
    private final Map<String, Person> people = new HashMap<>();
    private long begun;

    /** Whether Dataverse calls Usher when a contact changes. */
    boolean webhook;

    Stage(Product product) {
        this.product = product;
    }

    /** Signs somebody up in the sandbox. @param signUp as POST /sign-ups takes it */
    void signUp(String name, JsonNode signUp) {
        var id = product.control("POST", "/sign-ups", signUp).path("userId").asText();
        people.put(name, new Person(id, signUp.path("email").asText()));
    }

    /** Makes a contact in Dataverse. @param row as POST /contacts takes it; a contact has a name as a person has */
    void contact(String name, JsonNode row, String query) {
        var id = product.control("POST", "/contacts" + query, row)
                .path("contactId")
                .asText();
        people.put(name, new Person(id, row.path("emailaddress1").asText()));
    }

    /** What the person's object id is, or the contact's row id. @throws IllegalArgumentException when nobody of this name has signed up */
    String id(String name) {
        return person(name).id();
    }

    /** The row id of the contact of this name, or of the one that was linked to the person of this name. */
    String contactId(String name) {
        var linked = projection(name, "dataverse").get("remote_id");
        return linked == null ? id(name) : linked.toString();
    }

    private Person person(String name) {
        var person = people.get(name);
        if (person == null) {
            throw new IllegalArgumentException(
                    "nobody called \"" + name + "\" has signed up; there are " + people.keySet());
        }
        return person;
    }

    /** Everything so far is the past: expectations speak of what comes now. */
    void begin() {
        product.sandbox().names().forEach(name -> product.sandbox().system(name).forgetCalls());
        var last = product.database().queryForObject("select coalesce(max(id), 0) from delivery", Long.class);
        begun = last == null ? 0 : last;
    }

    /** The delivery log of one person in one destination since {@link #begin}, oldest first: outcome, reason, remote_id. */
    List<Map<String, Object>> deliveries(String name, String destination) {
        return product.database()
                .queryForList(
                        "select outcome, reason, remote_id, attempt from delivery"
                                + " where subject = ? and destination = ? and id > ? order by id",
                        id(name),
                        destination,
                        begun);
    }

    /** What is known of one person in one destination; empty when nothing is. */
    Map<String, Object> projection(String name, String destination) {
        var rows = product.database()
                .queryForList("select * from projection where subject = ? and destination = ?", id(name), destination);
        return rows.isEmpty() ? Map.of() : rows.get(0);
    }

    /** Puts in what {@code ${ada.id}}, {@code ${ada.email}} and {@code ${ada.stripe}} stand for. */
    String fill(String text) {
        return fill(text, UnaryOperator.identity());
    }

    /** As {@link #fill(String)} for a regular expression: what is put in is quoted. */
    Pattern pattern(String regex) {
        return Pattern.compile(fill(regex, Pattern::quote));
    }

    private String fill(String text, UnaryOperator<String> quoting) {
        return NAME.matcher(text)
                .replaceAll(match ->
                        java.util.regex.Matcher.quoteReplacement(quoting.apply(value(match.group(1), match.group(2)))));
    }

    private String value(String name, String what) {
        if (what == null || what.equals("id")) {
            return id(name);
        }
        if (what.equals("email")) {
            return person(name).email();
        }
        if (what.equals("proposedName")) {
            return proposedName(id(name));
        }
        var remoteId = projection(name, what).get("remote_id");
        return remoteId == null ? "(" + what + " holds nothing of " + name + ")" : remoteId.toString();
    }

    /** The user principal name that Usher tries first for this person. */
    private String proposedName(String id) {
        for (var user : product.sandbox().entra().records()) {
            if (user.path("id").asText().equals(id)) {
                return product.proposedName(
                                id,
                                user.path("givenName").asText(""),
                                user.path("surname").asText(""))
                        + user.path("userPrincipalName").asText().replaceAll("^[^@]*", "");
            }
        }
        throw new IllegalArgumentException("the directory holds no user " + id);
    }

    JsonNode fill(JsonNode json) {
        if (json.isObject()) {
            var filled = JsonNodeFactory.instance.objectNode();
            json.fields().forEachRemaining(member -> filled.set(fill(member.getKey()), fill(member.getValue())));
            return filled;
        }
        if (json.isArray()) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            json.forEach(item -> filled.add(fill(item)));
            return filled;
        }
        return json.isTextual() ? JsonNodeFactory.instance.textNode(fill(json.textValue())) : json;
    }
}
