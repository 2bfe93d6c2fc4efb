package dev.usher.birthright;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.usher.event.IdentityEvent;
import java.util.Locale;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * The jq of a rule's {@code when}, over the SCIM user. {@code $usher} is Usher's extension of it (customerType, state,
 * marketingConsent, attributes), {@code $domain} the domain of the e-mail address in lower case, or empty. It holds when
 * anything but false and null comes out.
 */
final class Condition {

    private static final Scope BUILT_IN = builtIn();

    private final JsonQuery query;

    private Condition(JsonQuery query) {
        this.query = query;
    }

    private static Scope builtIn() {
        var scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        return scope;
    }

    /** @throws JsonQueryException when it does not compile, or fails for a user of whom nothing is known */
    static Condition checked(String when) throws JsonQueryException {
        try {
            var condition = new Condition(JsonQuery.compile(when, Versions.JQ_1_6));
            condition.holds(nobody());
            return condition;
        } catch (RuntimeException e) {
            throw new JsonQueryException(e);
        }
    }

    private static JsonNode nobody() {
        var user = JsonNodeFactory.instance.objectNode();
        user.put("id", "00000000-0000-0000-0000-000000000000")
                .put("userName", "nobody")
                .put("active", true);
        user.put("displayName", "");
        user.putNull("preferredLanguage");
        user.putObject("name").putNull("givenName").putNull("familyName");
        user.putArray("emails");
        var usher =
                user.putObject(IdentityEvent.EXTENSION).put("state", "active").put("marketingConsent", false);
        usher.putNull("customerType").putObject("attributes");
        return user;
    }

    boolean holds(JsonNode user) throws JsonQueryException {
        var scope = Scope.newChildScope(BUILT_IN);
        scope.setValue("usher", user.path(IdentityEvent.EXTENSION));
        scope.setValue("domain", TextNode.valueOf(domain(user)));
        var holds = new boolean[1];
        query.apply(scope, user, out -> holds[0] |= !out.isNull() && !(out.isBoolean() && !out.booleanValue()));
        return holds[0];
    }

    private static String domain(JsonNode user) {
        var address = user.path("emails").path(0).path("value").asText("");
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
