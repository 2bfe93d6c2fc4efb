package dev.usher.token;

import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.entra.EntraTenant;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;

/** The tokens of the sandbox's tenant, by its client secret. */
public final class SandboxTokens {

    private SandboxTokens() {}

    public static Tokens of(Sandbox sandbox, Clock clock) {
        return of(
                new Registration(
                        sandbox.properties().get("usher.entra.authority"),
                        EntraTenant.CLIENT_ID,
                        EntraTenant.CLIENT_SECRET,
                        null,
                        null,
                        null,
                        null,
                        "https://graph.microsoft.com/.default"),
                clock);
    }

    static Tokens of(Registration registration, Clock clock) {
        var tokens = new Tokens(new TokenSettings(Map.of("graph", registration)), new SalesforceLogins(null), clock);
        tokens.beforeApplicationStart(new DefaultCamelContext());
        return tokens;
    }
}
