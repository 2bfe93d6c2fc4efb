package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Fault;
import dev.usher.sandbox.server.GeneralLimits;
import dev.usher.sandbox.server.HttpSystem;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.Limit;
import dev.usher.sandbox.server.Limits;
import dev.usher.sandbox.server.RandomIds;
import dev.usher.sandbox.server.Settings;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Microsoft Entra: the token endpoint and, at {@code /v1.0}, Graph's users, groups, app roles, audit log and batches, of one tenant. */
public final class EntraSystem extends HttpSystem {
    private static final HttpString CLIENT_REQUEST_ID = new HttpString("client-request-id");
    private static final String RESOURCE = "https://graph.microsoft.com";
    private static final String GRAPH = "/v1.0";
    private static final String USERS = GRAPH + "/users";
    private static final String AUDITS = GRAPH + "/auditLogs/directoryAudits";
    private static final String BATCH = GRAPH + "/$batch";
    private static final Pattern GRANTS = Pattern.compile(GRAPH + "/(groups|servicePrincipals|users)/(.+)");

    private final GraphErrors errors;
    private final Directory directory;
    private final TokenEndpoint tokens;
    private final ConsoleSignIn console;
    private final GraphUsers users;
    private final GraphAudits audits;
    private final GraphBatch batch;
    private final GraphGrants grants;
    private final GrantsControl grantsControl;
    private final Tenant tenant;
    private final Permissions permissions;
    private final GraphApplications applications;

    public EntraSystem(Clock clock) {
        super(clock);
        this.errors = new GraphErrors(clock);
        this.directory = new Directory(clock);
        this.console = new ConsoleSignIn(clock);
        this.permissions = new Permissions(errors);
        this.tokens = new TokenEndpoint(clock, permissions::granted);
        this.users = new GraphUsers(directory, errors, clock);
        this.audits = new GraphAudits(directory.audit(), errors, clock);
        this.batch = new GraphBatch(errors, this::insideBatch);
        this.grants = new GraphGrants(directory, errors, clock);
        this.grantsControl = new GrantsControl(directory.grants(), clock);
        this.tenant = new Tenant(directory, users);
        this.applications = new GraphApplications(directory.extensions(), errors, clock);
    }

    @Override
    public String name() {
        return "entra";
    }

    @Override
    public int standardPort() {
        return 9401;
    }

    /** The people and the administrators of the tenant. */
    public Tenant tenant() {
        return tenant;
    }

    /** Whether the workforce tenant issued this token for a resource, such as {@code http://127.0.0.1:9405}, and it still holds. */
    public boolean acceptsFromWorkforce(String token, String resource) {
        return tokens.accepts(token, EntraTenant.WORKFORCE_ID, resource);
    }

    /** Every token in use is answered 401 from now on. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** How long a token lives that is issued from now on; 3,599 s unless set. */
    public void tokenLifetime(Duration lifetime) {
        tokens.lifetime(lifetime);
    }

    /** How late the audit record of a change made over Graph becomes visible; at once unless set. */
    public void echoDelay(Duration delay) {
        users.echoDelay(delay);
    }

    /** The most a page of the audit log holds; 1,000 unless set. */
    public void auditPageSize(int size) {
        audits.pageSize(size);
    }

    @Override
    protected Answer answer(Call call) {
        if (ConsoleSignIn.serves(call)) {
            return console.answer(call, base());
        }
        if (ConsoleSignIn.isExchange(call)) {
            return console.exchange(call, base());
        }
        if (TokenEndpoint.serves(call.path())) {
            return tokens.answer(call);
        }
        return withIds(call, authorized(call));
    }

    private Answer authorized(Call call) {
        if (!call.path().startsWith(GRAPH + "/")) {
            return errors.error(404, "ResourceNotFound", "Invalid version.");
        }
        String authorization = call.header(Headers.AUTHORIZATION);
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return errors.badToken("Access token is empty.");
        }
        if (!tokens.accepts(authorization.substring("Bearer ".length()), EntraTenant.ID, RESOURCE)) {
            return errors.badToken("Access token has expired or is not yet valid.");
        }
        if (call.path().equals(BATCH)) {
            return call.method().equals("POST") ? batch.answer(call) : errors.badRequest("A batch must be posted.");
        }
        return resource(call);
    }

    private Answer resource(Call call) {
        String path = call.path();
        Answer refusal = permissions.refusal(call, path.substring(GRAPH.length()));
        if (refusal != null) {
            return refusal;
        }
        Matcher application = GraphApplications.PATH.matcher(path.substring(GRAPH.length()));
        if (application.matches()) {
            return applications.answer(application);
        }
        Matcher granted = GRANTS.matcher(path);
        if (granted.matches()) {
            List<String> rest = List.of(granted.group(2).split("/"));
            switch (granted.group(1)) {
                case "groups":
                    return grants.groups(call, rest);
                case "servicePrincipals":
                    return grants.servicePrincipals(call, rest);
                default:
                    if (rest.size() > 1) {
                        return grants.users(call, rest);
                    }
            }
        }
        if (path.equals(GRAPH + "/subscriptions")) {
            return errors.badRequest("Change notifications for users are not supported in this tenant.");
        }
        if (path.equals(USERS) || path.startsWith(USERS + "/")) {
            return users.answer(call, path.equals(USERS) ? "" : path.substring(USERS.length() + 1));
        }
        if (path.equals(AUDITS) || path.startsWith(AUDITS + "/")) {
            return audits.answer(call, path.equals(AUDITS) ? "" : path.substring(AUDITS.length() + 1));
        }
        return errors.badRequest("Resource not found for the segment '" + path.substring(GRAPH.length() + 1) + "'.");
    }

    /** Writes in a batch are in the log as calls of their own; its reads are seen in its body. */
    private Answer insideBatch(Call call) {
        Answer answer = answerInside(call);
        if (!call.method().equals("GET")) {
            log(call, answer);
        }
        return answer;
    }

    private Answer answerInside(Call call) {
        Limits.Refused refused = limits().refuses(call, 1);
        if (refused != null) {
            return throttled(call, refused);
        }
        Fault fault = faults().nextInside(call.target());
        if (fault != null) {
            Answer answer = refusal(call, fault.status() == null ? 503 : fault.status());
            return fault.retryAfter() == null
                    ? answer
                    : answer.with("Retry-After", fault.retryAfter().toString());
        }
        return resource(call);
    }

    /** What a fault does to a connection it does to the whole batch that holds a matching request. */
    @Override
    protected @Nullable Fault fault(Call call) {
        Fault fault = super.fault(call);
        if (fault != null || !call.path().equals(BATCH) || faults().none()) {
            return fault;
        }
        List<Call> inside = GraphBatch.calls(call);
        Fault around = inside.stream()
                .map(one -> faults().nextAround(one.target()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (around != null && around.cut() == Fault.Cut.BEFORE) {
            inside.stream().filter(one -> !one.method().equals("GET")).forEach(one -> log(one, null));
        }
        return around;
    }

    private static Answer withIds(Call call, Answer answer) {
        String id = RandomIds.uuid();
        String client = call.header(CLIENT_REQUEST_ID);
        return answer.with("request-id", id).with("client-request-id", client == null ? id : client);
    }

    @Override
    protected Answer refusal(Call call, int status) {
        return TokenEndpoint.serves(call.path()) ? tokens.ofStatus(status) : withIds(call, errors.ofStatus(status));
    }

    @Override
    protected Answer throttled(Call call, Limits.Refused refused) {
        Answer answer = withIds(call, errors.ofStatus(429)).with("x-ms-throttle-information", refused.reason());
        return refused.retryAfter() == null
                ? answer
                : answer.with("Retry-After", refused.retryAfter().toString());
    }

    @Override
    protected Limits vendorLimits() {
        return new EntraLimits();
    }

    @Override
    protected Limits orderedLimits(Limit limit) {
        Limits general = new GeneralLimits(limit);
        return (call, inProgress) ->
                TokenEndpoint.serves(call.path()) || call.path().equals(BATCH)
                        ? null
                        : general.refuses(call, inProgress);
    }

    @Override
    protected void empty() {
        directory.clear();
        users.b2c(false);
        tokens.lifetime(TokenEndpoint.LIFETIME);
        echoDelay(Duration.ZERO);
        auditPageSize(GraphAudits.LARGEST_PAGE);
        permissions.grant(Permissions.ALL);
        applications.reset();
    }

    @Override
    public List<ObjectNode> records() {
        return directory.all().stream().map(grants::withGrants).toList();
    }

    private String base() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public Map<String, String> properties() {
        String base = base();
        return Map.of(
                "usher.entra.graph-url", base + GRAPH,
                "usher.entra.authority", base + "/" + EntraTenant.ID,
                "usher.tokens.dataverse.authority", base + "/" + EntraTenant.WORKFORCE_ID);
    }

    @Override
    public Optional<Answer> control(String method, String operation, JsonNode body) {
        return switch (method + " " + operation) {
            case "POST revoke-tokens" -> {
                revokeTokens();
                yield Optional.of(Answer.empty(204));
            }
            case "PUT settings" -> {
                settings(new Settings(body));
                yield Optional.of(Answer.empty(204));
            }
            case "PUT console-user" -> {
                console.next(ConsoleSignIn.read(body));
                yield Optional.of(Answer.empty(204));
            }
            case "POST extension-attributes" -> {
                define(new Settings(body));
                yield Optional.of(Answer.empty(204));
            }
            case "GET audits" -> {
                List<ObjectNode> all = directory.audit().all().stream()
                        .map(AuditRecord::toJson)
                        .toList();
                yield Optional.of(Answer.json(200, Json.array().addAll(all)));
            }
            default -> grantsControl.control(method, operation, body);
        };
    }

    private void settings(Settings settings) {
        settings.duration("tokenLifetime", this::tokenLifetime)
                .duration("echoDelay", this::echoDelay)
                .duration("secretHolds", applications::secretHolds);
        Optional<JsonNode> granted = settings.member("permissions");
        Integer pageSize = settings.atLeast(1, "auditPageSize");
        Boolean b2c = settings.flag("b2c");
        settings.done();
        granted.ifPresent(names -> {
            List<String> all = new ArrayList<>();
            names.forEach(name -> all.add(name.asText()));
            permissions.grant(all);
        });
        if (b2c != null) {
            users.b2c(b2c);
        }
        if (pageSize != null) {
            auditPageSize(pageSize);
        }
    }

    private void define(Settings settings) {
        @Nullable String name = settings.text("name");
        @Nullable String type = settings.text("type");
        settings.done();
        if (name == null || type == null) {
            throw new IllegalArgumentException("members \"name\" and \"type\" are needed");
        }
        directory.extensions().define(name, type);
    }
}
