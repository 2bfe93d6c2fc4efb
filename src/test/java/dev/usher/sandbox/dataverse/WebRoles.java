package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Web roles of the site: rows of {@code adx_webroles} in the standard data model, of {@code powerpagecomponents} in the enhanced one, and
 * their contacts.
 */
final class WebRoles {
    private static final Pattern LINK = Pattern.compile("(\\w+)(?:\\(([0-9a-fA-F-]{36})\\))?(/\\$ref)?");
    private static final int WEB_ROLE_COMPONENT = 11;
    /** Ids to names of the roles every reset begins with. */
    static final Map<String, String> STANDARD = Map.of(
            "3e000000-0000-4000-8000-000000000001", "Authenticated Users",
            "3e000000-0000-4000-8000-000000000002", "Business Customers");

    private final Organization organization;
    private final Payload payload;
    private boolean enhanced;

    WebRoles(Organization organization) {
        this.organization = organization;
        this.payload = new Payload(organization);
    }

    /** Starts an empty site of this data model. */
    void begin(boolean inEnhancedModel) {
        enhanced = inEnhancedModel;
        Writer writer = Writer.somebody(false);
        organization.atomically(() -> {
            for (Table table : new Table[] {Tables.WEB_ROLE, Tables.POWER_PAGE_COMPONENT}) {
                Iterable<Row> rows = List.copyOf(organization.rows(table).all());
                rows.forEach(row -> organization.delete(row, writer));
            }
            STANDARD.forEach((id, name) -> organization.create(table(), role(id, name), writer));
            return true;
        });
    }

    private ObjectNode role(String id, String name) {
        ObjectNode role = Json.object().put(table().key(), id);
        return enhanced
                ? role.put("name", name).put("powerpagecomponenttype", WEB_ROLE_COMPONENT)
                : role.put("adx_name", name);
    }

    /** Whether the table is there: an organisation of the enhanced model has no {@code adx_webroles}. */
    boolean knows(Table table) {
        return !enhanced || !table.equals(Tables.WEB_ROLE);
    }

    private Table table() {
        return enhanced ? Tables.POWER_PAGE_COMPONENT : Tables.WEB_ROLE;
    }

    private String navigation() {
        return enhanced ? "powerpagecomponent_mspp_webrole_contact" : "adx_webrole_contact";
    }

    /** A request below a row: its contacts, or the link to one of them. */
    Answer answer(Call call, Row row, String below) {
        Matcher link = LINK.matcher(below);
        if (!link.matches() || !row.table().equals(table()) || !link.group(1).equals(navigation())) {
            throw DataverseErrors.noSegment(below);
        }
        boolean reference = link.group(3) != null;
        return switch (call.method() + (reference ? " link" : "")) {
            case "GET" -> list(call, row);
            case "POST link" -> organization.atomically(() -> associate(call, row));
            case "DELETE link" -> organization.atomically(() -> disassociate(row, link.group(2)));
            default -> throw DataverseErrors.notAllowed(call.method());
        };
    }

    private Answer list(Call call, Row role) {
        Query query = new Query(organization, Tables.CONTACT, call.query());
        Set<String> linked = organization.contactsOf(role.id());
        ObjectNode body = query.body(WebApi.base(call), "");
        ArrayNode value = body.putArray("value");
        query.matches().stream()
                .filter(contact -> linked.contains(contact.id()))
                .forEach(contact -> value.add(query.shown(contact)));
        return WebApi.ok(body);
    }

    private Answer associate(Call call, Row role) {
        JsonNode body = call.json().orElseThrow(() -> DataverseErrors.badPayload("the body is no JSON."));
        if (body.size() != 1 || !body.has("@odata.id")) {
            throw DataverseErrors.badPayload("a link has one member, '@odata.id'.");
        }
        organization.associate(
                role.id(), payload.reference("contacts", body.get("@odata.id")).id());
        return Answer.empty(204).with("OData-Version", "4.0");
    }

    private Answer disassociate(Row role, String contact) {
        if (contact == null || !organization.disassociate(role.id(), contact.toLowerCase(Locale.ROOT))) {
            throw DataverseErrors.noRow(Tables.CONTACT, String.valueOf(contact));
        }
        return Answer.empty(204).with("OData-Version", "4.0");
    }
}
