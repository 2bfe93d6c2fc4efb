package dev.usher.sandbox.mailchimp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.GeneralLimits;
import dev.usher.sandbox.server.HttpSystem;
import dev.usher.sandbox.server.Json;
import dev.usher.sandbox.server.Limit;
import dev.usher.sandbox.server.Limits;
import io.undertow.util.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Mailchimp's members of one list, at {@code /3.0}. */
public final class MailchimpSystem extends HttpSystem {
    public static final String LIST = "a1b2c3d4e5";
    public static final String KEY = "sandbox0key-us19";

    private static final String BASE = "/3.0";
    private static final String MEMBERS = BASE + "/lists/" + LIST + "/members";
    private static final int CONNECTIONS = 10;
    private static final int LARGEST_PAGE = 1000;

    private final Audience audience;
    private volatile List<String> mergeTags = MemberFields.MERGE_TAGS;

    public MailchimpSystem(Clock clock) {
        super(clock);
        this.audience = new Audience(clock);
    }

    @Override
    public String name() {
        return "mailchimp";
    }

    @Override
    public int standardPort() {
        return 9403;
    }

    /** The person leaves by the link in a mail. False when there is no such member. */
    public boolean unsubscribe(String email) {
        return audience.unsubscribe(email);
    }

    /** The person clicks the double opt-in mail. False when nobody is pending under this address. */
    public boolean confirm(String email) {
        return audience.confirm(email);
    }

    /** The person is erased, for good. False when there is no such member. */
    public boolean forget(String email) {
        return audience.forget(email);
    }

    @Override
    protected Answer answer(Call call) {
        if (!authorized(call.header(Headers.AUTHORIZATION))) {
            return MailchimpErrors.unauthorized();
        }
        String path = call.path();
        if (path.equals(BASE + "/ping")) {
            return ok(Json.object().put("health_status", "Everything's Chimpy!"));
        }
        if (path.equals(BASE + "/lists/" + LIST) && call.method().equals("GET")) {
            return ok(Json.object().put("id", LIST).put("name", "Sandbox").put("double_optin", true));
        }
        if (path.equals(BASE + "/lists/" + LIST + "/merge-fields")
                && call.method().equals("GET")) {
            return mergeFields();
        }
        if (path.equals(MEMBERS)) {
            return members(call);
        }
        if (!path.startsWith(MEMBERS + "/")) {
            return MailchimpErrors.notFound();
        }
        String[] rest = path.substring(MEMBERS.length() + 1).split("/", 2);
        return rest.length == 1 ? member(call, rest[0]) : below(call, rest[0], rest[1]);
    }

    private Answer members(Call call) {
        return switch (call.method()) {
            case "GET" -> page(call.query());
            case "POST" -> checked(call, audience::post);
            default -> MailchimpErrors.notAllowed("The requested method and resource are not compatible.");
        };
    }

    private Answer member(Call call, String id) {
        return switch (call.method()) {
            case "GET" -> audience.find(id).map(member -> ok(member.content())).orElseGet(MailchimpErrors::notFound);
            case "PUT" -> checked(call, body -> audience.put(id, body));
            case "PATCH" -> checked(call, body -> audience.patch(id, body));
            case "DELETE" -> audience.archive(id);
            default -> MailchimpErrors.notAllowed("The requested method and resource are not compatible.");
        };
    }

    private Answer below(Call call, String id, String what) {
        return switch (call.method() + " " + what) {
            case "GET tags" -> audience.find(id).map(MailchimpSystem::tags).orElseGet(MailchimpErrors::notFound);
            case "POST tags" -> tag(call, id);
            case "POST actions/delete-permanent" ->
                audience.forget(id) ? Answer.empty(204) : MailchimpErrors.notFound();
            case "POST events" -> audience.find(id).isPresent() ? Answer.empty(204) : MailchimpErrors.notFound();
            default -> MailchimpErrors.notFound();
        };
    }

    private static Answer checked(Call call, java.util.function.Function<JsonNode, Answer> work) {
        Optional<JsonNode> body = call.json();
        if (body.isEmpty()) {
            return MailchimpErrors.invalid("We encountered an unspecified JSON parsing error.");
        }
        Answer refusal = MemberFields.refusal(body.get(), call.method());
        return refusal == null ? work.apply(body.get()) : refusal;
    }

    private Answer tag(Call call, String id) {
        JsonNode body = call.json().orElseGet(Json::object);
        for (Map.Entry<String, JsonNode> one : body.properties()) {
            boolean right = one.getKey().equals("tags") && one.getValue().isArray()
                    || one.getKey().equals("is_syncing") && one.getValue().isBoolean();
            if (!right) {
                return MailchimpErrors.invalid(one.getKey(), "This field does not exist or has the wrong type.");
            }
        }
        if (!body.has("tags")) {
            return MailchimpErrors.invalid("tags", "This value should not be blank.");
        }
        for (JsonNode tag : body.get("tags")) {
            if (!tag.path("name").isTextual() || !tag.path("status").asText().matches("active|inactive")) {
                return MailchimpErrors.invalid("tags", "Each tag needs a name and the status active or inactive.");
            }
        }
        return audience.tag(id, body.get("tags")) ? Answer.empty(204) : MailchimpErrors.notFound();
    }

    private static Answer tags(Member member) {
        ObjectNode body = Json.object();
        body.set("tags", member.content().get("tags"));
        return ok(body.put("total_items", member.content().get("tags").size()));
    }

    private Answer mergeFields() {
        ObjectNode body = Json.object();
        mergeTags.forEach(tag -> body.withArrayProperty("merge_fields")
                .addObject()
                .put("merge_id", MemberFields.MERGE_TAGS.indexOf(tag) + 1)
                .put("tag", tag)
                .put("name", tag)
                .put("type", tag.equals("PHONE") ? "phone" : "text")
                .put("required", false));
        return ok(body.put("list_id", LIST).put("total_items", mergeTags.size()));
    }

    private Answer page(Map<String, String> query) {
        int count = number(query.get("count"), 10);
        int offset = number(query.get("offset"), 0);
        if (count < 0 || count > LARGEST_PAGE || offset < 0) {
            return MailchimpErrors.invalid("count", "This value should be between 0 and " + LARGEST_PAGE + ".");
        }
        String status = query.get("status");
        String since = query.get("since_last_changed");
        Predicate<Member> wanted = member -> (status == null
                        ? !member.status().equals("archived")
                        : member.status().equals(status))
                && (since == null
                        || member.content().get("last_changed").textValue().compareTo(since) >= 0);
        List<ObjectNode> hits =
                audience.all().stream().filter(wanted).map(Member::content).toList();
        ObjectNode body = Json.object();
        body.putArray("members").addAll(hits.stream().skip(offset).limit(count).toList());
        return ok(body.put("list_id", LIST).put("total_items", hits.size()));
    }

    private static int number(@Nullable String text, int standard) {
        return text == null ? standard : text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static Answer ok(JsonNode body) {
        return Answer.json(200, "application/json; charset=utf-8", body);
    }

    private static boolean authorized(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        if (authorization.startsWith("Bearer ")) {
            return authorization.equals("Bearer " + KEY);
        }
        try {
            String encoded = authorization.substring(authorization.indexOf(' ') + 1);
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return authorization.startsWith("Basic ")
                    && pair.substring(pair.indexOf(':') + 1).equals(KEY);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    protected Answer refusal(Call call, int status) {
        return MailchimpErrors.ofStatus(status);
    }

    @Override
    protected Answer throttled(Call call, Limits.Refused refused) {
        return MailchimpErrors.tooMany();
    }

    @Override
    protected Limits vendorLimits() {
        return new GeneralLimits(new Limit(null, CONNECTIONS));
    }

    @Override
    protected void empty() {
        audience.clear();
        mergeTags = MemberFields.MERGE_TAGS;
    }

    @Override
    public List<ObjectNode> records() {
        return audience.contents();
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("usher.destinations.mailchimp.url", "http://127.0.0.1:" + port() + BASE);
    }

    @Override
    public Optional<Answer> control(String method, String operation, JsonNode body) {
        if (method.equals("DELETE") && operation.startsWith("merge-fields/")) {
            String gone = operation.substring("merge-fields/".length());
            mergeTags = mergeTags.stream().filter(tag -> !tag.equals(gone)).toList();
            return Optional.of(Answer.empty(204));
        }
        String[] path = operation.split("/");
        if (!method.equals("POST") || path.length != 3 || !path[0].equals("members")) {
            return Optional.empty();
        }
        boolean done;
        switch (path[2]) {
            case "unsubscribe" -> done = unsubscribe(path[1]);
            case "confirm" -> done = confirm(path[1]);
            case "forget" -> done = forget(path[1]);
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(
                done
                        ? Answer.empty(204)
                        : Answer.json(
                                404, Json.object().put("error", "no such member to " + path[2] + ": " + path[1])));
    }
}
