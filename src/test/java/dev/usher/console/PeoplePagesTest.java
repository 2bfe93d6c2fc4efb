package dev.usher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Outcome;
import dev.usher.projection.Projections;
import dev.usher.scenario.Product;
import dev.usher.scenario.RunningUsher;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The pages of people, in a browser. */
@ExtendWith(RunningUsher.class)
class PeoplePagesTest {

    private static final String MARKUP = "<img src=x onerror=\"document.title='broken in'\">";

    private final Product product;
    private String ada;

    PeoplePagesTest(Product product) {
        this.product = product;
    }

    @BeforeEach
    void adaSignsUp() {
        product.reset();
        var signUp = JsonNodeFactory.instance
                .objectNode()
                .put("email", "ada@example.org")
                .put("givenName", "Ada")
                .put("surname", "Lovelace");
        ada = product.control("POST", "/sign-ups", signUp).path("userId").asText();
        product.quiet();
    }

    @AfterEach
    void nothingIsLeft() {
        product.reset();
    }

    @Test
    void aPersonIsFoundByAddressWhichStandsNowhere() {
        try (var browser = Browser.open(product.console())) {
            browser.go("/people")
                    .write("query", "ada@example.org")
                    .press("Search")
                    .says("What happened");

            assertThat(browser.driver().getCurrentUrl()).endsWith("/people/" + ada);
            assertThat(browser.driver().getPageSource()).doesNotContain("ada@example.org");
            assertThat(browser.text())
                    .contains("Stripe took it as cus_", "Not sent to Mailchimp: no marketing consent.");
            assertThat(browser.width(Browser.PHONE).overflow()).isZero();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whoIsNotFoundIsToldWhy() {
        try (var browser = Browser.open(product.console())) {
            browser.go("/people")
                    .write("query", "nobody@example.org")
                    .press("Search")
                    .says("Nobody was found");

            assertThat(browser.text()).contains("the audit log");
            assertThat(browser.driver().getPageSource()).doesNotContain("nobody@example.org");
        }
    }

    @Test
    void aDryRunIsShownAsADiffAndAnOrderIsCarriedOut() {
        product.control(
                "PATCH", "/users/" + ada, JsonNodeFactory.instance.objectNode().put("surname", "King"));
        try (var browser = Browser.open(product.console())) {
            browser.go("/people/" + ada).press("Dry run").says("Would hold");

            assertThat(browser.find("#plan").getText()).contains("Ada Lovelace", "Ada King", "Rule: everybody");
            assertThat(browser.width(Browser.PHONE).overflow()).isZero();

            browser.go("/people/" + ada).press("Synchronise now").says("The order is on the queue");
            product.quiet();
            browser.says("after it was asked for");
        }
    }

    @Test
    void aPersonsPageFollowsWhatHappensAndKeepsWhatIsUnfolded() {
        try (var browser = Browser.open(product.console())) {
            browser.go("/people/" + ada);
            int before = browser.all(".timeline > li").size();
            browser.find(".timeline details summary").click();
            var unfolded = browser.find(".timeline details[open]").getAttribute("id");

            product.control(
                    "PATCH",
                    "/users/" + ada,
                    JsonNodeFactory.instance.objectNode().put("surname", "King"));
            product.quiet();

            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> browser.all(".timeline > li").size() > before);
            assertThat(browser.find(".timeline details[open]").getAttribute("id"))
                    .isEqualTo(unfolded);
            assertThat(browser.find("#person").getAttribute("data-old")).isNull();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anOlderPageOfTheLogStaysAsItIs() {
        try (var browser = Browser.open(product.console())) {
            var log = product.api("GET", "/api/people/" + ada + "/timeline?limit=1", "")
                    .body();

            browser.go("/people/" + ada + "?before=" + log.path("next").asText());

            assertThat(browser.all("[data-live]")).isEmpty();
            assertThat(browser.text()).contains("Newest");
        }
    }

    @Test
    void markupFromOtherSystemsIsText() {
        product.bean(Projections.class)
                .write(List.of(new DeliveryRow(
                        1,
                        ada,
                        "stripe",
                        MARKUP,
                        MARKUP,
                        1,
                        Outcome.PARKED,
                        MARKUP,
                        MARKUP,
                        MARKUP,
                        1,
                        1,
                        1L,
                        null,
                        MARKUP)));
        try (var browser = Browser.open(product.console())) {
            browser.go("/people/" + ada).says(MARKUP);

            assertThat(browser.all("main img")).isEmpty();
            assertThat(browser.driver().getTitle()).startsWith("Person");
            browser.go("/people").write("query", MARKUP).press("Search").says("Nobody was found");
            assertThat(browser.all("main img")).isEmpty();
            browser.go("/people/%3Cimg%20src=x%3E").says("<img src=x>");
            assertThat(browser.all("main img")).isEmpty();
        }
    }
}
