package dev.usher.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.scenario.Product;
import dev.usher.scenario.RunningUsher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dead letters as an operator sees and decides them, in a browser. */
@ExtendWith(RunningUsher.class)
class DeadLetterPagesTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @BeforeEach
    void threeAreRefusedByStripe(Product product) throws IOException {
        product.reset();
        product.control("PUT", "/systems/stripe/faults", new ObjectMapper().readTree("{\"status\": 400}"));
        for (var name : new String[] {"ada", "bob", "eve"}) {
            product.control(
                    "POST", "/sign-ups", JsonNodeFactory.instance.objectNode().put("email", name + "@example.org"));
        }
        product.quiet();
        product.control("DELETE", "/systems/stripe/faults", null);
    }

    private static int customers(Product product) {
        return product.control("GET", "/systems/stripe/records", null).size();
    }

    private static void arrived(Product product, int customers) {
        product.settleDeadLetters();
        await().atMost(SOON).until(() -> customers(product) == customers);
        product.quiet();
        product.settleDeadLetters();
    }

    @Test
    void oneIsReplayedThenTheGroup(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.go("/dead-letters");
            assertThat(browser.text()).contains("stripe", "HTTP 400", "The request was refused.", "3");
            browser.picture(Path.of("target", "pictures", "dead-letters.png"));

            browser.find("tbody a").click();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> browser.all("tbody tr").size() == 3);
            assertThat(browser.find("tbody td q").getText()).isEqualTo("The request was refused.");
            browser.picture(Path.of("target", "pictures", "dead-letters-list.png"));
            browser.find("button[value=replay]").click();
            browser.says("1 dead letter sent on the way again");
            arrived(product, 1);

            browser.go("/dead-letters");
            browser.find("button[value=replay]").click();
            browser.says("2 dead letters sent on the way again");
            arrived(product, 3);

            browser.go("/dead-letters");
            assertThat(browser.text()).contains("No delivery waits for anybody.", "created");
        }
    }

    @Test
    void allAreDismissedAfterAQuestion(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.width(Browser.PHONE).go("/dead-letters");
            assertThat(browser.overflow()).isZero();
            browser.picture(Path.of("target", "pictures", "dead-letters-phone.png"));
            assertThat(browser.find("button[value=replay]").getRect().getX()).isLessThan(Browser.PHONE);

            browser.find("a.button.bad").click();
            browser.says("Dismiss all dead letters?").says("3 deliveries");
            assertThat(browser.overflow()).isZero();
            browser.find("main button.bad").click();

            browser.says("3 dead letters dismissed.").says("No delivery waits for anybody.");
            product.quiet();
            assertThat(customers(product)).isZero();
        }
    }

    @Test
    void theGroupsFollowWhatHappensAndTheirButtonsStillWork(Product product) throws IOException {
        try (var browser = Browser.open(product.console())) {
            browser.go("/dead-letters");
            assertThat(browser.find("tbody td.number").getText()).isEqualTo("3");

            product.control("PUT", "/systems/stripe/faults", new ObjectMapper().readTree("{\"status\": 400}"));
            product.control(
                    "POST", "/sign-ups", JsonNodeFactory.instance.objectNode().put("email", "joe@example.org"));
            product.quiet();
            product.control("DELETE", "/systems/stripe/faults", null);
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> browser.find("tbody td.number").getText().equals("4"));

            browser.find("button[value=replay]").click();
            browser.says("4 dead letters sent on the way again");
            arrived(product, 4);
            browser.says("No delivery waits for anybody.").says("stripe: created");
        }
    }
}
