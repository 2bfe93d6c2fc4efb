package dev.usher.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.scenario.Product;
import dev.usher.scenario.RunningUsher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every page has in common. */
@ExtendWith(RunningUsher.class)
class ShellTest {

    @Test
    void aPageThatDoesNotExistSaysWhatToDo(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.go("/no-such-page");

            assertThat(browser.text()).contains("There is no such page", "To the overview");
            assertThat(browser.find("nav").getText()).contains("Overview", "Dead letters", "Sandbox");
            assertThat(browser.all("[aria-current]")).isEmpty();
        }
    }

    @Test
    void thePageFitsAPhone(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.width(Browser.PHONE).go("/no-such-page");

            assertThat(browser.overflow()).isZero();
        }
    }
}
