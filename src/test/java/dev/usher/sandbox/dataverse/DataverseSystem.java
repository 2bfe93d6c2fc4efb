package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.HttpSystem;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.Limit;
import dev.usher.sandbox.server.Limits;
import dev.usher.sandbox.server.Settings;
import io.undertow.util.Headers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Dataverse of one environment at {@code /api/data/v9.2/}: contacts, external identities and web roles of a Power Pages site, the rows by
 * which webhooks are registered, batches, change tracking, and the webhooks it sends. It takes tokens of the workforce tenant for its own
 * address only.
 */
public final class DataverseSystem extends HttpSystem {
    private static final Set<String> THROTTLE_CODES =
            Set.of(DataverseErrors.REQUESTS, DataverseErrors.EXECUTION_TIME, DataverseErrors.CONCURRENT);
    private static final List<String> MESSAGES = List.of("Create", "Update", "Delete");

    private final BiPredicate<String, String> tokens;
    private final Webhooks webhooks;
    private final Organization organization;
    private final ChangeTracking changes;
    private final WebRoles roles;
    private final WebApi api;
    private final Batch batch;
    private final Contacts contacts;
    private volatile String throttleCode = DataverseErrors.REQUESTS;

    /** @param tokens whether a token of the workforce tenant holds for a resource */
    public DataverseSystem(Clock clock, BiPredicate<String, String> tokens) {
        super(clock);
        this.tokens = tokens;
        this.webhooks = new Webhooks(clock);
        this.organization = new Organization(clock, this::happened);
        this.changes = new ChangeTracking(organization, clock);
        this.roles = new WebRoles(organization);
        this.api = new WebApi(organization, changes, roles);
        this.batch = new Batch(organization, this::resource);
        this.contacts = new Contacts(organization);
        begin();
    }

    private void happened(Happening happening) {
        webhooks.tell(organization, happening);
    }

    private void begin() {
        Writer writer = Writer.somebody(false);
        organization.atomically(() -> {
            for (int i = 0; i < MESSAGES.size(); i++) {
                String id = "5d000000-0000-4000-8000-00000000000" + (i + 1);
                organization.create(
                        Tables.MESSAGE, Json.object().put("sdkmessageid", id).put("name", MESSAGES.get(i)), writer);
                for (String table : List.of("contact", "adx_externalidentity")) {
                    ObjectNode filter = Json.object()
                            .put("primaryobjecttypecode", table)
                            .put("iscustomprocessingstepallowed", true)
                            .put("_sdkmessageid_value", id);
                    organization.create(Tables.MESSAGE_FILTER, filter, writer);
                }
            }
            return true;
        });
        roles.begin(false);
    }

    @Override
    public String name() {
        return "dataverse";
    }

    @Override
    public int standardPort() {
        return 9405;
    }

    /** The people in front of Dataverse. */
    public Contacts contacts() {
        return contacts;
    }

    @Override
    protected Answer answer(Call call) {
        String resource = "http://127.0.0.1:" + port();
        String authorization = call.header(Headers.AUTHORIZATION);
        if (authorization == null
                || !authorization.startsWith("Bearer ")
                || !tokens.test(authorization.substring("Bearer ".length()), resource)) {
            return DataverseErrors.unauthorized(resource);
        }
        return resource(call)
                .with("x-ms-ratelimit-burst-remaining-xrm-requests", "5999")
                .with("x-ms-ratelimit-time-remaining-xrm-requests", "1,200.00");
    }

    private Answer resource(Call call) {
        if (!call.path().startsWith(WebApi.PATH)) {
            return DataverseErrors.error(404, "0x8006088a", "Resource not found for the path '" + call.path() + "'.");
        }
        synchronized (organization) {
            try {
                return call.path().equals(WebApi.PATH + "$batch") ? batch.answer(call) : api.answer(call);
            } catch (Refusal e) {
                return e.answer();
            }
        }
    }

    @Override
    protected Answer refusal(Call call, int status) {
        return DataverseErrors.ofStatus(status, throttleCode);
    }

    @Override
    protected Answer throttled(Call call, Limits.Refused refused) {
        return DataverseErrors.tooMany(refused.reason()).with("Retry-After", String.valueOf(refused.retryAfter()));
    }

    @Override
    protected Limits vendorLimits() {
        return ServiceProtection.ofVendor();
    }

    @Override
    protected Limits orderedLimits(Limit limit) {
        return ServiceProtection.ordered(limit);
    }

    @Override
    protected void empty() {
        synchronized (organization) {
            webhooks.clear();
            organization.clear();
            changes.clear();
            throttleCode = DataverseErrors.REQUESTS;
            begin();
        }
    }

    /** Contacts with {@code webroles}, the ids of their web roles, and external identities; {@code @odata.type} says which is which. */
    @Override
    public List<ObjectNode> records() {
        synchronized (organization) {
            return Stream.of(Tables.CONTACT, Tables.EXTERNAL_IDENTITY)
                    .flatMap(table -> organization.rows(table).all().stream())
                    .map(this::record)
                    .toList();
        }
    }

    private ObjectNode record(Row row) {
        ObjectNode record = Json.object()
                .put("@odata.type", "#Microsoft.Dynamics.CRM." + row.table().name());
        record.setAll(row.shown(null));
        if (row.table().equals(Tables.CONTACT)) {
            ArrayNode held = record.putArray("webroles");
            organization.rolesOf(row.id()).forEach(held::add);
        }
        return record;
    }

    @Override
    public Map<String, String> properties() {
        String url = "http://127.0.0.1:" + port();
        return Map.of("usher.dataverse.url", url, "usher.tokens.dataverse.scope", url + "/.default");
    }

    @Override
    public Optional<Answer> control(String method, String operation, JsonNode body) {
        return switch (method + " " + operation) {
            case "PUT model" -> {
                Settings settings = new Settings(body);
                Boolean enhanced = settings.flag("enhanced");
                settings.done();
                synchronized (organization) {
                    roles.begin(enhanced != null && enhanced);
                }
                yield Optional.of(Answer.empty(204));
            }
            case "PUT settings" -> {
                settings(new Settings(body));
                yield Optional.of(Answer.empty(204));
            }
            case "POST expire-delta-tokens" -> {
                synchronized (organization) {
                    changes.expireTokens();
                }
                yield Optional.of(Answer.empty(204));
            }
            case "POST external-identities" -> Optional.of(contacts.identify(body));
            case "GET async-operations" -> Optional.of(asyncOperations());
            default -> ofPath(method, List.of(operation.split("/")), body);
        };
    }

    /** {@code PATCH} and {@code DELETE external-identities/{user}}: somebody changes or deletes by hand what a user signs in with. */
    private Optional<Answer> ofPath(String method, List<String> path, JsonNode body) {
        return path.size() == 2 && path.get(0).equals("external-identities")
                ? Optional.of(contacts.changeIdentities(path.get(1), method.equals("DELETE") ? null : body))
                : webRole(method, path);
    }

    /** {@code PUT} and {@code DELETE web-roles/{role}/contacts/{contact}}: somebody gives or takes a web role in the portal's management. */
    private Optional<Answer> webRole(String method, List<String> path) {
        if (path.size() != 4 || !path.get(0).equals("web-roles") || !path.get(2).equals("contacts")) {
            return Optional.empty();
        }
        synchronized (organization) {
            if (method.equals("PUT")) {
                organization.associate(path.get(1), path.get(3));
                return Optional.of(Answer.empty(204));
            }
            return Optional.of(Answer.empty(organization.disassociate(path.get(1), path.get(3)) ? 204 : 404));
        }
    }

    private Answer asyncOperations() {
        synchronized (organization) {
            List<ObjectNode> all = new ArrayList<>();
            organization.rows(Tables.ASYNC_OPERATION).all().forEach(row -> all.add(row.shown(null)));
            return Answer.json(200, Json.array().addAll(all));
        }
    }

    private void settings(Settings settings) {
        String code = settings.text("throttleCode");
        settings.done();
        if (code == null || !THROTTLE_CODES.contains(code)) {
            throw new IllegalArgumentException("member \"throttleCode\" must be one of " + THROTTLE_CODES);
        }
        throttleCode = code;
    }
}
