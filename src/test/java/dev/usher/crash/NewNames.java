package dev.usher.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.benchmark.Control;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Somebody changes given names at contacts in Dataverse; each must become the user's everywhere. */
final class NewNames {

    private final Control control;
    private final Map<String, String> names = new LinkedHashMap<>();

    NewNames(Control control) {
        this.control = control;
    }

    /** Gives so many more users another name, or as many as have a contact by now. */
    void give(int number) {
        int given = 0;
        for (var record : control.records("dataverse")) {
            var user = record.path("adx_identity_username").asText("");
            if (given < number && !user.isEmpty() && !names.containsKey(user)) {
                var name = "Renamed" + names.size();
                control.patch("/contacts/" + record.path("contactid").asText(), Map.of("firstname", name));
                names.put(user, name);
                given++;
            }
        }
    }

    /** Where a name has not arrived, one line each. */
    List<String> missing() {
        var missing = new ArrayList<String>();
        look("entra", "/id", "/givenName", missing);
        look("dataverse", "/adx_identity_username", "/firstname", missing);
        look("salesforce", "/Entra_Oid__c", "/FirstName", missing);
        look("sql", "/object_id", "/given_name", missing);
        look("stripe", "/metadata/entra_object_id", "/name", missing);
        return missing;
    }

    private void look(String system, String user, String name, List<String> missing) {
        for (JsonNode record : control.records(system)) {
            var wanted = names.get(record.at(user).asText());
            if (wanted != null && !record.at(name).asText().split(" ")[0].equals(wanted)) {
                missing.add(system + " does not show the new name of "
                        + record.at(user).asText());
            }
        }
    }
}
