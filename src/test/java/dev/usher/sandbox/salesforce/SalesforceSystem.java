package dev.usher.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.HttpSystem;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.Limits;
import dev.usher.sandbox.server.Settings;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Contacts of a Salesforce org, by external id, and its token endpoint. */
public final class SalesforceSystem extends HttpSystem {
    private static final Pattern DATA = Pattern.compile("/services/data/v(\\d+)\\.0(/.*)");
    private static final Pattern BY_EXTERNAL_ID = Pattern.compile("/sobjects/Contact/([^/]+)/([^/]+)");
    private static final int OLDEST_VERSION = 46;
    private static final HttpString DUPLICATES = new HttpString("Sforce-Duplicate-Rule-Header");

    private final Sessions sessions;
    private final DuplicateRule duplicates = new DuplicateRule();
    private final DailyCalls daily = new DailyCalls();
    private final AtomicInteger locked = new AtomicInteger();
    private final Contacts contacts;

    public SalesforceSystem(Clock clock) {
        super(clock);
        this.sessions = new Sessions(clock);
        this.contacts = new Contacts(clock, duplicates);
    }

    @Override
    public String name() {
        return "salesforce";
    }

    @Override
    public int standardPort() {
        return 9404;
    }

    @Override
    protected Answer answer(Call call) {
        if (call.path().equals(Sessions.PATH)) {
            return sessions.answer(call, "http://127.0.0.1:" + port());
        }
        return told(authorized(call));
    }

    private Answer authorized(Call call) {
        if (!sessions.accepts(call.header(Headers.AUTHORIZATION))) {
            return SalesforceErrors.sessionInvalid();
        }
        if (!daily.take()) {
            return SalesforceErrors.dayUsedUp();
        }
        Matcher data = DATA.matcher(call.path());
        if (!data.matches() || Integer.parseInt(data.group(1)) < OLDEST_VERSION) {
            return SalesforceErrors.notFound();
        }
        if (data.group(2).matches("/limits/?")) {
            ObjectNode limits = Json.object();
            limits.putObject("DailyApiRequests").put("Max", daily.allowed()).put("Remaining", daily.remaining());
            return Answer.json(200, limits);
        }
        if (data.group(2).equals("/sobjects/Contact/describe") && call.method().equals("GET")) {
            return Answer.json(200, ContactFields.described());
        }
        Matcher contact = BY_EXTERNAL_ID.matcher(data.group(2));
        return contact.matches() && contact.group(1).equals(Org.EXTERNAL_ID)
                ? contact(call, contact.group(2))
                : SalesforceErrors.notFound();
    }

    private Answer contact(Call call, String externalId) {
        String base = call.path().substring(0, call.path().indexOf("/Contact") + "/Contact".length());
        return switch (call.method()) {
            case "GET" -> contacts.get(externalId, base);
            case "DELETE" -> contacts.delete(externalId, base);
            case "PATCH" -> upsert(call, externalId, base);
            default -> SalesforceErrors.ofStatus(405);
        };
    }

    private Answer upsert(Call call, String externalId, String base) {
        String type = call.header(Headers.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            return SalesforceErrors.of(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type not supported: " + type);
        }
        Optional<JsonNode> body = call.json();
        if (body.isEmpty()) {
            return SalesforceErrors.of(400, "JSON_PARSER_ERROR", "The body is no JSON");
        }
        if (locked.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return SalesforceErrors.of(
                    400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record or 1 records: 001…");
        }
        String rule = call.header(DUPLICATES);
        boolean allowed = rule != null && rule.toLowerCase(Locale.ROOT).contains("allowsave=true");
        boolean updateOnly = "true".equals(call.query().get("updateOnly"));
        return contacts.upsert(externalId, body.get(), updateOnly, new Contacts.Save(allowed, base));
    }

    private Answer told(Answer answer) {
        return answer.with("Sforce-Limit-Info", daily.info());
    }

    @Override
    protected Answer refusal(Call call, int status) {
        if (!call.path().equals(Sessions.PATH)) {
            return told(SalesforceErrors.ofStatus(status));
        }
        return status == 400
                ? SalesforceErrors.oauth("invalid_grant", "authentication failure")
                : Answer.json(
                        status, Json.object().put("error", "unknown_error").put("error_description", "retry"));
    }

    @Override
    protected Answer throttled(Call call, Limits.Refused refused) {
        return told(SalesforceErrors.tooManyAtOnce());
    }

    @Override
    protected Limits vendorLimits() {
        return new LongRequests(clock);
    }

    @Override
    protected void finished(Call call, Answer answer) {
        if (limits() instanceof LongRequests counted) {
            counted.ended(call);
        }
    }

    @Override
    protected void empty() {
        contacts.clear();
        daily.reset();
        duplicates.set(DuplicateRule.Mode.OFF, false);
        locked.set(0);
    }

    @Override
    public List<ObjectNode> records() {
        return contacts.all();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("usher.destinations.salesforce.url", "http://127.0.0.1:" + port());
    }

    /** A session that is open now is refused from here on: 401. */
    public void endSessions() {
        sessions.endAll();
    }

    @Override
    public Optional<Answer> control(String method, String operation, JsonNode body) {
        if (operation.startsWith("contacts/")) {
            boolean done = byHand(method, operation.substring("contacts/".length()), body);
            return done ? Optional.of(Answer.empty(204)) : Optional.empty();
        }
        return switch (method + " " + operation) {
            case "POST end-sessions" -> {
                endSessions();
                yield Optional.of(Answer.empty(204));
            }
            case "PUT settings" -> {
                settings(new Settings(body));
                yield Optional.of(Answer.empty(204));
            }
            case "POST contacts" ->
                Optional.of(Answer.json(201, Json.object().put("id", contacts.makeByHand(known(body)))));
            default -> Optional.empty();
        };
    }

    private boolean byHand(String method, String id, JsonNode body) {
        return switch (method) {
            case "DELETE" -> contacts.remove(id);
            case "PATCH" -> contacts.changeByHand(id, known(body));
            default -> false;
        };
    }

    private static JsonNode known(JsonNode fields) {
        fields.fieldNames().forEachRemaining(name -> {
            if (!ContactFields.LENGTHS.containsKey(name)) {
                throw new IllegalArgumentException(
                        "no field \"" + name + "\"; there are " + ContactFields.LENGTHS.keySet());
            }
        });
        return fields;
    }

    /** dailyLimit, callsUsed, rowLocks (how many writes find the row locked), duplicates, misspelt. */
    private void settings(Settings settings) {
        Integer limit = settings.atLeast(1, "dailyLimit");
        Integer used = settings.atLeast(0, "callsUsed");
        Integer locks = settings.atLeast(0, "rowLocks");
        String rule = settings.text("duplicates");
        Boolean misspelt = settings.flag("misspelt");
        settings.done();
        if (rule != null && !rule.matches("off|alert|block")) {
            throw new IllegalArgumentException("member \"duplicates\" is " + rule + " but must be off, alert or block");
        }
        if (limit != null) {
            daily.allow(limit);
        }
        if (used != null) {
            daily.use(used);
        }
        if (locks != null) {
            locked.set(locks);
        }
        if (rule != null) {
            duplicates.set(DuplicateRule.Mode.valueOf(rule.toUpperCase(Locale.ROOT)), Boolean.TRUE.equals(misspelt));
        }
    }
}
