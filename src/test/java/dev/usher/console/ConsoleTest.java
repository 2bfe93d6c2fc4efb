package dev.usher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.scenario.Product;
import dev.usher.scenario.RunningUsher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/** Overview, sources and sandbox in a browser, over the whole product. */
@ExtendWith(RunningUsher.class)
class ConsoleTest {

    private static final List<String> PAGES =
            List.of("/", "/sources", "/sandbox", "/sources/webhook", "/sources/reconciliations", "/audit");

    @BeforeEach
    void fromTheBeginning(Product product) {
        product.reset();
    }

    private static int lastHour(Browser browser, String station) {
        var figure = browser.text(By.xpath("//tr[th[normalize-space()='" + station + "']]/td[3]"));
        return Integer.parseInt(figure.replace(",", ""));
    }

    private static void signUp(Product product, String email) {
        product.control(
                "POST",
                "/sign-ups",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("email", email)
                        .put("givenName", "Ada")
                        .put("surname", "Lovelace")
                        .put("marketingConsent", true));
    }

    @Test
    void theOverviewShowsASignUpArrivingWithoutBeingLoadedAgain(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.go("/");
            int before = lastHour(browser, "sql");

            signUp(product, "live@example.org");
            product.quiet();

            await("the figures move")
                    .atMost(Duration.ofSeconds(15))
                    .ignoreExceptions()
                    .until(() -> lastHour(browser, "sql") > before);
        }
    }

    @Test
    void aSystemThatFailsIsSeenAtOneLook(Product product) {
        try (var browser = Browser.open(product.console())) {
            product.control(
                    "PUT",
                    "/systems/stripe/faults",
                    JsonNodeFactory.instance.objectNode().put("status", 503));
            signUp(product, "late@example.org");
            product.poll();

            browser.go("/").says("stripe has not answered");
            assertThat(browser.all(".verdict.good")).isEmpty();

            product.control("DELETE", "/systems/stripe/faults", null);
            product.quiet();
            browser.says("Healthy: everybody arrives.");
        }
    }

    @Test
    void aNewcomerSignsSomebodyUpAndMakesStripeFail(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.go("/sandbox").write("email", "newcomer@example.org").press("Sign up");
            browser.says("Signed up.");
            var link = browser.driver().findElement(By.partialLinkText("what became of this person"));
            assertThat(link.getAttribute("href")).matches(".*/people/[0-9a-f-]{36}");
            product.quiet();
            assertThat(product.sandbox().stripe().records()).hasSize(1);

            browser.go("/sandbox");
            var contacts = new Select(browser.find("[name='contact']"));
            assertThat(contacts.getFirstSelectedOption().getText()).contains("newcomer@example.org");
            browser.press("Change").says("Changed.");

            browser.go("/sandbox").press("Make it fail").says("fails");
            assertThat(browser.all(".systems .badge.bad")).hasSize(1);
            browser.press("Heal");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> browser.all(".systems .badge.bad").isEmpty());
        }
    }

    @Test
    void aReconciliationIsStartedAndItsReportShown(Product product) {
        try (var browser = Browser.open(product.console())) {
            signUp(product, "everywhere@example.org");
            product.quiet();

            browser.go("/sources").press("Start").says("dry-run");
            for (int i = 0; i < 3; i++) {
                product.reconcileOnePage();
            }

            browser.go("/sources/reconciliations").says("users seen");
            assertThat(browser.text()).contains("asked for by " + Product.OPERATOR, "directory 1", "stripe 1");
        }
    }

    @Test
    void theWebhookIsRegisteredWithAButton(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.go("/sources").says("not registered");

            browser.write("url", product.hook().toString()).press("Register");

            browser.says("On Create").says("registered");
            assertThat(browser.all("#webhook .badge.bad")).isEmpty();
        }
    }

    @Test
    void everyPageFitsAPhoneAndNothingIsRefusedByTheBrowser(Product product) {
        signUp(product, "phone@example.org");
        product.quiet();
        try (var browser = Browser.open(product.console())) {
            for (var width : List.of(Browser.PHONE, Browser.WIDE)) {
                browser.width(width);
                for (var page : PAGES) {
                    browser.go(page);
                    assertThat(browser.overflow()).as(page + " at " + width).isZero();
                    assertThat(browser.complaints()).as(page).isEmpty();
                }
            }
        }
    }

    @Test
    void theQuestionsAndAnswersFitAPhoneToo(Product product) {
        var ada = product.control(
                        "POST",
                        "/sign-ups",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("email", "with.a.very.long.address.in.front.of.it@example.org")
                                .put("givenName", "Ada"))
                .path("userId")
                .asText();
        product.quiet();
        product.control(
                "PUT",
                "/systems/stripe/faults",
                JsonNodeFactory.instance.objectNode().put("status", 400));
        product.control(
                "PATCH", "/users/" + ada, JsonNodeFactory.instance.objectNode().put("surname", "King"));
        product.quiet();
        product.control("DELETE", "/systems/stripe/faults", null);

        try (var stranger = Browser.visitor(product.console())) {
            stranger.width(Browser.PHONE).go("/sign-in");
            assertThat(stranger.overflow()).as("/sign-in").isZero();
        }
        try (var browser = Browser.open(product.console())) {
            browser.width(Browser.PHONE);
            for (var page : List.of(
                    "/dead-letters",
                    "/dead-letters/list",
                    "/dead-letters/all?action=replay",
                    "/dead-letters/all?action=dismiss",
                    "/audit")) {
                browser.go(page);
                assertThat(browser.overflow()).as(page).isZero();
                assertThat(browser.complaints()).as(page).isEmpty();
            }
            product.control(
                    "PATCH",
                    "/users/" + ada,
                    JsonNodeFactory.instance.objectNode().put("surname", "Byron"));
            browser.go("/people/" + ada).press("Dry run").says("Would hold");
            assertThat(browser.overflow()).as("a dry run").isZero();
        }
    }

    @Test
    void whoMayOnlyLookIsOfferedNothingToChange(Product product) {
        try (var browser = Browser.visitor(product.console()).signIn(Product.VIEWER)) {
            for (var page : PAGES) {
                browser.go(page).settle();

                assertThat(browser.all("main button")).as(page).isEmpty();
            }
        }
    }

    @Test
    void theApiSaysTheSame(Product product) {
        signUp(product, "api@example.org");
        product.quiet();

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var flow = product.api("GET", "/api/flow", "").body();
            assertThat(flow.path("level").asText()).isEqualTo("good");
            assertThat(flow.path("healthy").asBoolean()).isTrue();
            assertThat(flow.path("destinations")).hasSize(7);
            assertThat(flow.path("destinations").findValuesAsText("name")).contains("stripe", "sql");
            assertThat(flow.at("/router/lastHour").asLong()).isPositive();
            assertThat(flow.at("/router/waiting").isNumber()).isTrue();
        });
        var sources = product.api("GET", "/api/sources", "").body();
        assertThat(sources).hasSize(3);
        assertThat(sources.at("/0/figures/name").asText()).isEqualTo("/entra/audit-log");
        assertThat(sources.at("/0/watermark/newest").asText()).endsWith("Z");
    }
}
