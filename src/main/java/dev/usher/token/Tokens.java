package dev.usher.token;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Access tokens by the name of their registration, of Entra or of Salesforce; the bean {@code tokens}. A route writes
 * {@code Bearer ${bean:tokens.bearer('graph')}}.
 *
 * <p>A token is asked for once, however many callers want it; it is renewed before it ends while it still serves.
 */
@Component("tokens")
@EnableConfigurationProperties({TokenSettings.class, SalesforceLogins.class})
public final class Tokens implements CamelContextConfiguration {

    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    /** The one that is always needed: to read the directory. */
    private static final String DIRECTORY = "graph";

    private static final Duration CERTIFICATE_WARNING = Duration.ofDays(30);

    private final TokenSettings settings;
    private final SalesforceLogins salesforce;
    private final Clock clock;
    private volatile Map<String, CachedToken> tokens = Map.of();
    private final Map<String, Instant> certificates = new ConcurrentSkipListMap<>();

    Tokens(TokenSettings settings, SalesforceLogins salesforce, Clock clock) {
        this.settings = settings;
        this.salesforce = salesforce;
        this.clock = clock;
    }

    /**
     * The token, without the word {@code Bearer}.
     *
     * @param registration the {@code <name>} of {@code usher.tokens.<name>}
     * @throws HttpOperationFailedException when the token endpoint refused: its status and Retry-After, where a 400 is
     *     shown as 401
     * @throws IOException when the token endpoint was not reached or its answer could not be read
     * @throws IllegalArgumentException when there is no such registration
     */
    public String bearer(String registration) throws IOException, HttpOperationFailedException {
        return token(registration).value();
    }

    /**
     * Forgets a token that was answered 401. Ten calls that failed with the same token cost one new token; a token that
     * has already been replaced is not touched.
     *
     * @param failed the token, or the whole value of the Authorization header that held it; null does nothing
     */
    public void drop(String registration, @Nullable String failed) {
        if (failed != null) {
            token(registration).drop(failed.startsWith("Bearer ") ? failed.substring("Bearer ".length()) : failed);
        }
    }

    /**
     * When the certificates end, by the {@code <name>} of their {@code usher.tokens.<name>}, sorted; those that were read.
     * A registration with a secret has none, for its end is not in it.
     */
    public Map<String, Instant> certificates() {
        return Collections.unmodifiableMap(certificates);
    }

    private CachedToken token(String registration) {
        var token = tokens.get(registration);
        if (token == null) {
            throw new IllegalArgumentException(
                    "there is no usher.tokens." + registration + "; there are: " + tokens.keySet());
        }
        return token;
    }

    /**
     * Reads every registration, once Camel can resolve placeholders and before any route starts. Not read are those of
     * Entra of which nothing is set, but for the directory's, and those of Salesforce that are switched off.
     *
     * @throws IllegalStateException with every fault of every registration
     */
    @Override
    public void beforeApplicationStart(CamelContext camel) {
        var faults = new ArrayList<String>();
        var read = new TreeMap<String, CachedToken>();
        settings.registrations().forEach((name, registration) -> {
            if (salesforce.of(name) == null && registration.isUnused() && !name.equals(DIRECTORY)) {
                return;
            }
            var source = source(name, registration, camel, faults);
            if (source != null) {
                read.put(name, new CachedToken(name, source, clock));
            }
        });
        if (!faults.isEmpty()) {
            throw new IllegalStateException("the access tokens are not configured:\n- " + String.join("\n- ", faults));
        }
        tokens = read;
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing is left to do
    }

    /**
     * What is wrong with the registrations, each with its key, without asking for a token. Registrations that come from a
     * Key Vault ({@code {{azure:…}}}) are not looked at: only the start resolves them.
     */
    public static List<String> faults(Environment environment) {
        var settings = Binder.get(environment).bindOrCreate("usher", TokenSettings.class);
        var salesforce = Binder.get(environment).bindOrCreate("usher", SalesforceLogins.class);
        var faults = new ArrayList<String>();
        settings.registrations().forEach((name, registration) -> {
            var login = salesforce.of(name);
            boolean fromVault = Binder.get(environment)
                    .bind("usher.tokens." + name, Bindable.mapOf(String.class, String.class))
                    .orElse(Map.of())
                    .values()
                    .stream()
                    .anyMatch(value -> value.contains("{{"));
            if (fromVault) {
                return;
            }
            if (login == null && (!registration.isUnused() || name.equals(DIRECTORY))) {
                var check = new RegistrationCheck(name);
                var resolved = registration.resolved(value -> value);
                check.authority(resolved);
                check.credential(resolved);
                faults.addAll(check.faults());
            } else if (login != null && login.enabled() && login.kind().equals(SalesforceLogin.KIND)) {
                var check = new SalesforceCheck(name);
                check.source(login.resolved(value -> value), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
                faults.addAll(check.faults());
            }
        });
        return List.copyOf(faults);
    }

    private @Nullable TokenSource source(
            String name, Registration registration, CamelContext camel, List<String> faults) {
        var login = salesforce.of(name);
        try {
            return login == null
                    ? entra(name, registration.resolved(camel::resolvePropertyPlaceholders), faults)
                    : salesforce(name, login, camel, faults);
        } catch (RuntimeException e) {
            faults.add("usher.tokens." + name + " has a placeholder that cannot be resolved; check the name, and"
                    + " camel.vault.azure.* for {{azure:…}}: " + e.getMessage());
            return null;
        }
    }

    private @Nullable TokenSource entra(String name, Registration registration, List<String> faults) {
        var check = new RegistrationCheck(name);
        var authority = check.authority(registration);
        var credential = check.credential(registration);
        faults.addAll(check.faults());
        if (!check.faults().isEmpty() || authority == null || credential == null) {
            return null;
        }
        tell(name, registration, credential);
        return new MsalTokens(
                authority, Objects.requireNonNull(registration.clientId()), registration.scope(), credential, clock);
    }

    private @Nullable TokenSource salesforce(
            String name, SalesforceLogin configured, CamelContext camel, List<String> faults) {
        if (!configured.kind().equals(SalesforceLogin.KIND)) {
            faults.add("usher.tokens." + name + ".kind is '" + configured.kind() + "': it must be entra or salesforce");
            return null;
        }
        if (!configured.enabled()) {
            return null;
        }
        var login = configured.resolved(camel::resolvePropertyPlaceholders);
        var check = new SalesforceCheck(name);
        var source = check.source(login, clock);
        faults.addAll(check.faults());
        if (source != null) {
            log.info(
                    "Token {}: Salesforce, {}, by {}",
                    name,
                    login.tokenUrl(),
                    login.clientSecret() == null ? "a signed assertion" : "client secret");
        }
        return source;
    }

    private void tell(String name, Registration registration, Credential credential) {
        log.info("Token {}: {} for {}, by {}", name, registration.scope(), registration.authority(), credential.kind());
        var expires = credential.expires();
        if (expires != null) {
            certificates.put(name, expires);
        }
        if (expires != null && expires.isBefore(clock.instant().plus(CERTIFICATE_WARNING))) {
            log.warn("The certificate of usher.tokens.{} ends at {}: put a new one in place before", name, expires);
        }
    }
}
