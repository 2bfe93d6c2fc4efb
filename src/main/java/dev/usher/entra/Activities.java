package dev.usher.entra;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the activities of the audit log mean to Usher. */
final class Activities {

    private static final Map<String, String> TYPES = types();

    private Activities() {}

    /** The display names that stand for an event. */
    static Set<String> known() {
        return TYPES.keySet();
    }

    /** The type of the event; that of a change for an activity nobody knows, since the user is read again anyway. */
    static String type(String activity) {
        return TYPES.getOrDefault(activity, "user.updated");
    }

    private static Map<String, String> types() {
        var types = new LinkedHashMap<String, String>();
        types.put("Add user", "user.created");
        types.put("Update user", "user.updated");
        types.put("Disable account", "user.disabled");
        types.put("Enable account", "user.updated");
        types.put("Delete user", "user.deleted");
        types.put("Restore user", "user.updated");
        return types;
    }
}
