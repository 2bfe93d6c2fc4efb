package dev.usher.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether everybody who signed up is everywhere, once: read from what the systems hold, not from what Usher believes. */
public final class Everybody {

    private static final Pattern OBJECT_ID = Pattern.compile("entra_object_id%5D=([0-9a-f-]{36})");
    private static final Pattern POOR_NAME = Pattern.compile("^[0-9a-f-]{36}@.*");

    private final Control control;
    private final Map<String, String> emails;
    private final boolean alsoContacts;

    /** @param emails address by object id: all who signed up since the sandbox was reset, with consent */
    public Everybody(Control control, Map<String, String> emails) {
        this(control, emails, false);
    }

    private Everybody(Control control, Map<String, String> emails, boolean alsoContacts) {
        this.control = control;
        this.emails = emails;
        this.alsoContacts = alsoContacts;
    }

    /** The same, and everybody must be a contact in Salesforce and in Dataverse too. */
    public Everybody andContacts() {
        return new Everybody(control, emails, true);
    }

    /** Whether every system holds as many as signed up, and every user carries an id of Stripe. Cheap enough to repeat. */
    public boolean arrived() {
        return control.records("stripe").size() >= emails.size()
                && control.records("mailchimp").size() >= emails.size()
                && control.records("sql").size() >= emails.size()
                && directory().values().stream().allMatch(user -> stripeId(user) != null)
                && (!alsoContacts
                        || control.records("salesforce").size() >= emails.size()
                                && control.records("dataverse").size() >= 2 * emails.size());
    }

    /** What is not as it must be, one line each; empty when all is well. */
    public List<String> faults() {
        var faults = new ArrayList<String>();
        var customers = new HashMap<String, String>();
        for (var customer : control.records("stripe")) {
            var subject = customer.path("metadata").path("entra_object_id").asText();
            var twin = customers.put(subject, customer.path("id").asText());
            if (twin != null) {
                faults.add("Stripe holds two customers for " + subject);
            }
        }
        compare("Stripe customers", customers.keySet(), emails.keySet(), faults);
        compare(
                "Mailchimp members",
                texts("mailchimp", "email_address", faults),
                new TreeSet<>(emails.values()),
                faults);
        compare("SQL rows", texts("sql", "object_id", faults), emails.keySet(), faults);
        if (alsoContacts) {
            compare("Salesforce contacts", texts("salesforce", "Entra_Oid__c", faults), emails.keySet(), faults);
            compare("portal users", texts("dataverse", "adx_identity_username", faults), emails.keySet(), faults);
            compare("external identities", texts("dataverse", "adx_username", faults), emails.keySet(), faults);
        }
        directory().forEach((id, user) -> {
            var told = stripeId(user);
            if (told == null || !told.equals(customers.get(id))) {
                faults.add("the directory does not know the customer of " + id);
            }
            if (POOR_NAME.matcher(user.path("userPrincipalName").asText()).matches()
                    || user.path("displayName").asText().equals("unknown")) {
                faults.add("the directory still shows the poor name of " + id);
            }
        });
        faults.addAll(creations());
        return faults;
    }

    /** Creates of one person may be repeated, but under one key; and nobody is ever searched for. */
    private List<String> creations() {
        var faults = new ArrayList<String>();
        var keys = new HashMap<String, String>();
        for (var call : control.calls("stripe")) {
            var path = call.path("path").asText();
            if (path.endsWith("/search")) {
                faults.add("Stripe was searched");
            }
            if (path.endsWith("/v1/customers") && call.path("method").asText().equals("POST")) {
                var subject = OBJECT_ID.matcher(call.path("body").asText());
                var key = call.path("headers").path("Idempotency-Key").asText();
                if (subject.find() && !key.equals(keys.computeIfAbsent(subject.group(1), id -> key))) {
                    faults.add("two idempotency keys created the customer of " + subject.group(1));
                }
            }
        }
        return faults;
    }

    private Map<String, JsonNode> directory() {
        var users = new HashMap<String, JsonNode>();
        for (var user : control.records("entra")) {
            if (emails.containsKey(user.path("id").asText())) {
                users.put(user.path("id").asText(), user);
            }
        }
        return users;
    }

    private Set<String> texts(String system, String member, List<String> faults) {
        var texts = new TreeSet<String>();
        for (var record : control.records(system)) {
            if (record.has(member) && !texts.add(record.path(member).asText())) {
                faults.add(system + " holds somebody twice");
            }
        }
        return texts;
    }

    private static void compare(String what, Set<String> held, Set<String> wanted, List<String> faults) {
        var missing = wanted.stream().filter(one -> !held.contains(one)).count();
        var tooMany = held.stream().filter(one -> !wanted.contains(one)).count();
        if (missing > 0 || tooMany > 0) {
            faults.add(what + ": " + missing + " missing, " + tooMany + " that nobody asked for");
        }
    }

    static @org.jspecify.annotations.Nullable String stripeId(JsonNode user) {
        for (var member : user.properties()) {
            if (member.getKey().endsWith("_stripeCustomerId")
                    && member.getValue().isTextual()) {
                return member.getValue().textValue();
            }
        }
        return null;
    }
}
