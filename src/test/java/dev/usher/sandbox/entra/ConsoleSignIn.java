package dev.usher.sandbox.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.server.Answer;
import dev.usher.sandbox.server.Call;
import dev.usher.sandbox.server.Form;
import dev.usher.sandbox.server.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * OpenID Connect of the workforce tenant: its document, its keys, the authorization endpoint, where whoever comes is signed in
 * at once as the person ordered last, and the exchange of the code, with PKCE.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc">OpenID Connect</a>
 */
final class ConsoleSignIn {

    private static final String TENANT = "/" + EntraTenant.WORKFORCE_ID;
    private static final String DOCUMENT = TENANT + "/v2.0/.well-known/openid-configuration";
    private static final String KEYS = TENANT + "/discovery/v2.0/keys";
    private static final String AUTHORIZE = TENANT + "/oauth2/v2.0/authorize";
    private static final int LIFETIME = 3600;

    private final Clock clock;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private volatile Person person = new Person("ada@workforce.example", List.of());

    ConsoleSignIn(Clock clock) {
        this.clock = clock;
    }

    /** Made when first asked for, and once in a process: it takes a second of a processor. */
    private static final class Key {

        private static final KeyPair PAIR = pair();

        private static KeyPair pair() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param roles values of the app roles that person has */
    record Person(String name, List<String> roles) {}

    private record Asked(String client, String redirect, String nonce, String challenge, Person person) {}

    void next(Person newPerson) {
        person = newPerson;
    }

    static boolean serves(Call call) {
        return List.of(DOCUMENT, KEYS, AUTHORIZE).contains(call.path());
    }

    /** Whether a call to the token endpoint brings a code of ours. */
    static boolean isExchange(Call call) {
        return call.path().equals(TENANT + "/oauth2/v2.0/token")
                && "authorization_code".equals(form(call).get("grant_type"));
    }

    Answer answer(Call call, String base) {
        return switch (call.path()) {
            case DOCUMENT -> Answer.json(200, document(base));
            case KEYS -> Answer.json(200, jwks());
            default -> authorize(call.query());
        };
    }

    private static ObjectNode document(String base) {
        ObjectNode document = Json.object()
                .put("issuer", base + TENANT + "/v2.0")
                .put("authorization_endpoint", base + AUTHORIZE)
                .put("token_endpoint", base + TENANT + "/oauth2/v2.0/token")
                .put("jwks_uri", base + KEYS)
                .put("end_session_endpoint", base + TENANT + "/oauth2/v2.0/logout")
                .put("userinfo_endpoint", "https://graph.microsoft.com/oidc/userinfo");
        document.putArray("response_types_supported").add("code").add("id_token");
        document.putArray("subject_types_supported").add("pairwise");
        document.putArray("id_token_signing_alg_values_supported").add("RS256");
        document.putArray("scopes_supported").add("openid").add("profile").add("email");
        document.putArray("token_endpoint_auth_methods_supported")
                .add("client_secret_post")
                .add("client_secret_basic");
        return document;
    }

    private static JsonNode jwks() {
        RSAPublicKey key = (RSAPublicKey) Key.PAIR.getPublic();
        ObjectNode jwks = Json.object();
        jwks.putArray("keys")
                .add(Json.object()
                        .put("kty", "RSA")
                        .put("use", "sig")
                        .put("kid", "console")
                        .put("n", encoded(key.getModulus().toByteArray()))
                        .put("e", encoded(key.getPublicExponent().toByteArray())));
        return jwks;
    }

    private Answer authorize(Map<String, String> query) {
        String client = query.getOrDefault("client_id", "");
        String redirect = query.getOrDefault("redirect_uri", "");
        if (!client.equals(EntraTenant.CONSOLE_CLIENT_ID) || !redirect.endsWith("/login/oauth2/code/entra")) {
            return Answer.json(400, Json.object().put("error", "AADSTS50011: the redirect URI does not match"));
        }
        String code = UUID.randomUUID().toString();
        codes.put(
                code,
                new Asked(
                        client,
                        redirect,
                        query.getOrDefault("nonce", ""),
                        query.getOrDefault("code_challenge", ""),
                        person));
        return Answer.empty(302)
                .with("Location", redirect + "?code=" + code + "&state=" + percent(query.getOrDefault("state", "")));
    }

    Answer exchange(Call call, String base) {
        Map<String, String> form = form(call);
        Asked asked = codes.remove(form.getOrDefault("code", ""));
        boolean isOurs = asked != null
                && isClient(call, form)
                && asked.redirect().equals(form.get("redirect_uri"))
                && asked.challenge().equals(sha256(form.getOrDefault("code_verifier", "")));
        if (asked == null || !isOurs) {
            return Answer.json(
                    400,
                    Json.object()
                            .put("error", "invalid_grant")
                            .put("error_description", "AADSTS70008: The provided authorization code is invalid."));
        }
        return Answer.json(
                        200,
                        Json.object()
                                .put("token_type", "Bearer")
                                .put("scope", "openid profile")
                                .put("expires_in", LIFETIME)
                                .put("access_token", "sandbox." + UUID.randomUUID())
                                .put("id_token", idToken(asked, base)))
                .with("Cache-Control", "no-store, no-cache");
    }

    private static boolean isClient(Call call, Map<String, String> form) {
        String pair = EntraTenant.CONSOLE_CLIENT_ID + ":" + EntraTenant.CONSOLE_CLIENT_SECRET;
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return basic.equals(call.header(io.undertow.util.Headers.AUTHORIZATION))
                || EntraTenant.CONSOLE_CLIENT_SECRET.equals(form.get("client_secret"));
    }

    private String idToken(Asked asked, String base) {
        long now = clock.instant().getEpochSecond();
        ObjectNode claims = Json.object()
                .put("iss", base + TENANT + "/v2.0")
                .put("aud", asked.client())
                .put("sub", "pairwise-" + asked.person().name().hashCode())
                .put("tid", EntraTenant.WORKFORCE_ID)
                .put("ver", "2.0")
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + LIFETIME)
                .put("nonce", asked.nonce())
                .put("preferred_username", asked.person().name());
        if (!asked.person().roles().isEmpty()) {
            asked.person().roles().forEach(claims.putArray("roles")::add);
        }
        String head = encoded(Json.bytes(
                Json.object().put("alg", "RS256").put("kid", "console").put("typ", "JWT")));
        String signed = head + "." + encoded(Json.bytes(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(Key.PAIR.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(Call call) {
        return Form.decode(new String(call.body(), StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return encoded(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads {@code {"name": "…", "roles": ["…"]}}. */
    static Person read(JsonNode body) {
        @Nullable String name = body.path("name").asText(null);
        if (name == null) {
            throw new IllegalArgumentException("member \"name\" is needed");
        }
        List<String> roles = new java.util.ArrayList<>();
        body.path("roles").forEach(role -> roles.add(role.asText()));
        return new Person(name, List.copyOf(roles));
    }
}
