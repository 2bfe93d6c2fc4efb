package dev.usher.birthright;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.destination.UsherSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * The bean {@code birthrights}: groups and app roles by rule. The route {@code who-gets-what} asks {@link #concern}; the
 * route {@code deliver-birthrights} calls {@link #map} and {@link #grant}.
 *
 * <p>What Usher gives is written down before the directory is asked, and only when the directory did not have it. So an
 * answer "already exists" to a repeat means that the lost try arrived, and to a first try that somebody else was faster:
 * the first is taken away when its rule ends, the second never.
 */
@Component("birthrights")
public final class Birthrights {

    private static final String NAME = "birthrights";
    private static final String GRANTS = "grants";

    private final Rules rules;
    private final Holdings holdings;
    private final GrantRequests requests;
    private final Duration patience;
    private final Clock clock;

    Birthrights(Rules rules, Holdings holdings, GrantRequests requests, UsherSettings settings, Clock clock) {
        this.rules = rules;
        this.holdings = holdings;
        this.requests = requests;
        this.patience = settings.patience();
        this.clock = clock;
    }

    /**
     * Whether a rule holds for the SCIM user in the body, or may have held: the variable {@code known} names the
     * destinations that may hold this user.
     *
     * @throws JsonQueryException when a rule's condition does not fit this user
     */
    public boolean concern(Exchange exchange) throws JsonQueryException {
        return exchange.getVariable("known", "", String.class).contains(" " + NAME + " ")
                || !rules.wanted(exchange.getMessage().getBody(JsonNode.class)).isEmpty();
    }

    /**
     * Everything that the rules may give, for the doctor: {@code rule} (their names), {@code kind} ({@code groups} or {@code
     * servicePrincipals}), {@code target} (its id) and {@code role} (empty for a group).
     */
    public List<Map<String, String>> grants() {
        return rules.grants().stream()
                .map(grant -> Map.of(
                        "rule", rules.namesOf(grant),
                        "kind", grant.kind() == Grant.Kind.GROUP ? "groups" : "servicePrincipals",
                        "target", grant.target(),
                        "role", grant.role()))
                .toList();
    }

    /**
     * Turns the event in the body into the content wanted: {@code {"grants": ["group <id>", "app-role <app> <role>"]}};
     * an empty object when no rule holds and Usher gave nothing before.
     *
     * @throws JsonQueryException when a rule's condition does not fit this user
     */
    public void map(Exchange exchange) throws JsonQueryException {
        var event = exchange.getMessage().getBody(JsonNode.class);
        var content = JsonNodeFactory.instance.objectNode();
        var wanted = rules.wanted(event.path("data"));
        if (!wanted.isEmpty() || !holdings.of(subject(exchange)).isEmpty()) {
            var grants = content.putArray(GRANTS);
            wanted.forEach(grant -> grants.add(grant.toString()));
        }
        exchange.getMessage().setBody(content);
    }

    /**
     * Gives the user what the content in the body names, and takes away what Usher gave and it does not name. What was
     * done is durable when this returns or throws; a second call does only what is left.
     *
     * @throws Exception what stands in the way of the first grant that failed; the others were tried all the same
     */
    public void grant(Exchange exchange) throws Exception {
        var wanted = new TreeSet<Grant>();
        exchange.getMessage()
                .getBody(JsonNode.class)
                .path(GRANTS)
                .forEach(grant -> wanted.add(Grant.of(grant.asText())));
        var subject = subject(exchange);
        var handover = new Handover(subject, holdings.of(subject), requests, clock.millis(), patience, rules::namesOf);
        handover.plan(wanted);
        holdings.write(handover.asked(), List.of());
        handover.carryOut();
        holdings.write(handover.kept(), handover.gone());
        var failure = handover.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private static String subject(Exchange exchange) {
        return exchange.getVariable("subject", String.class);
    }
}
