package dev.usher.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** People who sign up, with consent, through the control API. */
public final class Crowd {

    private final Control control;
    private final String prefix;
    private final Map<String, String> emails = new LinkedHashMap<>();

    /** @param prefix keeps the addresses of two crowds apart */
    public Crowd(Control control, String prefix) {
        this.control = control;
        this.prefix = prefix;
    }

    /** Signs so many more people up, whose audit records become visible after a delay; their object ids. */
    public List<String> signUp(int number, Duration auditDelay) {
        var people = new ArrayList<Map<String, Object>>();
        for (int i = emails.size(); people.size() < number; i++) {
            people.add(Map.of(
                    "email", prefix + i + "@people.test",
                    "givenName", "Given" + i,
                    "surname", "Family" + i,
                    "marketingConsent", true,
                    "auditDelay", auditDelay.toString()));
        }
        var made = control.post("/sign-ups", people);
        var ids = new ArrayList<String>();
        for (int i = 0; i < number; i++) {
            ids.add(made.get(i).path("userId").asText());
            emails.put(ids.get(i), people.get(i).get("email").toString());
        }
        return ids;
    }

    /** Address by object id, in the order of their signing up. */
    public Map<String, String> emails() {
        return emails;
    }
}
