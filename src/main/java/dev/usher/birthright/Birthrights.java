package dev.usher.birthright;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.destination.UsherSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;

/**
 * The bean {@code birthrights}: groups and app roles by rule. The route {@code who-gets-what} asks {@link #concern}; the
 * route {@code deliver-birthrights} calls {@link #map} and {@link #grant}, and for a deep reconciliation {@link #look}.
 *
 * <p>What Usher gives is written down before the directory is asked, and only when the directory did not have it. So an
 * answer "already exists" to a repeat means that the lost try arrived, and to a first try that somebody else was faster:
 * the first is taken away when its rule ends, the second never.
 */
@Component("birthrights")
public final class Birthrights {

    private static final String NAME = "birthrights";
    private static final String GRANTS = "grants";
    private static final String SHOWN = "usherGrantsShown";

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
     * Reads what the user whose event is in the body holds in the directory, whoever gave it, and puts it into the body in
     * the shape of {@link #map}. It has no {@code grants} while Usher has something to take away, so that it never passes
     * for what is wanted. {@link #grant} then believes what was seen. What was given within {@code usher.patience} counts as
     * seen, because the directory may not show it everywhere yet.
     *
     * @throws JsonQueryException when a rule's condition does not fit this user
     * @throws HttpOperationFailedException when Graph refused, also 404 for a user that it does not show yet
     * @throws IOException when there was no answer
     */
    public void look(Exchange exchange) throws JsonQueryException, IOException, HttpOperationFailedException {
        var event = exchange.getMessage().getBody(JsonNode.class);
        var wanted = rules.wanted(event.path("data"));
        var ours = holdings.of(subject(exchange));
        var young = ours.stream()
                .filter(holding -> holding.isYoungerThan(patience, clock.millis()))
                .map(Holding::grant)
                .toList();
        var shown = requests.held(subject(exchange), EnumSet.allOf(Grant.Kind.class))
                .and(young);
        exchange.setProperty(SHOWN, shown);
        var seen = JsonNodeFactory.instance.objectNode();
        if (ours.stream().allMatch(holding -> wanted.contains(holding.grant()))) {
            var grants = seen.putArray(GRANTS);
            shown.grants().forEach(grant -> grants.add(grant.toString()));
        }
        exchange.getMessage().setBody(seen);
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
        var now = clock.millis();
        var plan = new Plan(subject, holdings.of(subject), requests, now, exchange.getProperty(SHOWN, Held.class));
        plan.make(wanted);
        holdings.write(plan.asked(), List.of());
        var handover = new Handover(plan, requests, now, patience, rules::namesOf);
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
