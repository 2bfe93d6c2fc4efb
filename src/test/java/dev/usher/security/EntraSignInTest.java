package dev.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.scenario.Product;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in by Entra, whose part the sandbox plays: discovery, authorization code with PKCE, signed id token, app roles. */
class EntraSignInTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static Product product;

    @BeforeAll
    static void start() throws IOException {
        product = Product.startWith(
                "entra-sign-in",
                sandbox -> Map.of(
                        "usher.security.entra.issuer",
                        "http://127.0.0.1:" + sandbox.port("entra") + "/" + EntraTenant.WORKFORCE_ID + "/v2.0",
                        "usher.security.entra.client-id",
                        EntraTenant.CONSOLE_CLIENT_ID,
                        "usher.security.entra.client-secret",
                        EntraTenant.CONSOLE_CLIENT_SECRET));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private static void comes(String name, String... roles) throws IOException {
        JsonNode person = JSON.valueToTree(Map.of("name", name, "roles", roles));
        product.control("PUT", "/systems/entra/console-user", person);
    }

    private static String location(java.net.http.HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none, but " + answer.statusCode());
    }

    /** Goes to Entra and comes back. @return where to after that */
    private static String signIn(Visitor visitor) {
        var toEntra = location(visitor.page("/oauth2/authorization/entra"));
        assertThat(toEntra)
                .contains("response_type=code", "code_challenge=", "code_challenge_method=S256", "nonce=", "state=")
                .doesNotContain(EntraTenant.CONSOLE_CLIENT_SECRET);
        var back = location(new Visitor(URI.create(toEntra)).get(toEntra));
        return location(visitor.page(back));
    }

    @Test
    void theAppRoleSaysWhatSomebodyMayDo() throws IOException {
        comes("ada@workforce.example", "usher.operator");
        var ada = new Visitor(product.console());
        assertThat(ada.page("/sign-in").body()).contains("Sign in with Microsoft Entra");
        assertThat(signIn(ada)).endsWith("/");
        comes("bob@workforce.example", "usher.viewer", "something.else");
        var bob = new Visitor(product.console());
        assertThat(signIn(bob)).endsWith("/");

        assertThat(ada.page("/audit").body()).contains("ada@workforce.example");
        assertThat(bob.page("/audit").statusCode()).isEqualTo(200);
        var order = "_csrf=" + bob.token("/audit");
        assertThat(bob.submit("/sources/mass-change", order + "&decision=release")
                        .statusCode())
                .isEqualTo(403);
        assertThat(product.database()
                        .queryForList("select done_by from audit_entry where action = 'sign in'", String.class))
                .contains("ada@workforce.example", "bob@workforce.example");
    }

    @Test
    void whoHasNoRoleIsSentBack() throws IOException {
        comes("eve@workforce.example", "another.role");
        var eve = new Visitor(product.console());

        assertThat(signIn(eve)).endsWith("/sign-in?why=refused");

        assertThat(eve.page("/sign-in?why=refused").body()).contains("you have no role in Usher");
        assertThat(eve.page("/audit").statusCode()).isEqualTo(302);
    }

    @Test
    void aCodeThatIsStolenOrUsedOpensNothing() throws IOException {
        comes("ada@workforce.example", "usher.operator");
        var ada = new Visitor(product.console());
        var toEntra = location(ada.page("/oauth2/authorization/entra"));
        var back = location(new Visitor(URI.create(toEntra)).get(toEntra));

        var thief = new Visitor(product.console());
        assertThat(location(thief.page(back))).endsWith("/sign-in?why=refused");
        assertThat(thief.page("/audit").statusCode()).isEqualTo(302);

        assertThat(location(ada.page(back))).endsWith("/");
        var again = new Visitor(product.console());
        assertThat(location(again.page(back))).endsWith("/sign-in?why=refused");
    }
}
