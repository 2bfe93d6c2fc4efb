package dev.usher.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.scenario.Product;
import dev.usher.scenario.RunningUsher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

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

    @Test
    void theAddressOfAPageIsNeverLookedForAmongTheFiles(Product product) {
        var files = product.contexts().get(0).getBean(ResourceUrlProvider.class);

        assertThat(files.getHandlerMap()).isNotEmpty();
        for (var page :
                List.of("/", "/people", "/people/x", "/people/x/sync", "/sources/webhook", "/audit", "/x.css")) {
            assertThat(files.getHandlerMap().keySet())
                    .as(page)
                    .noneMatch(pattern -> files.getPathMatcher().match(pattern, page));
        }
    }

    @Test
    void theAddressOfAFileHoldsItsHash(Product product) {
        try (var browser = Browser.open(product.console())) {
            browser.go("/people");

            assertThat(browser.find("link[rel='stylesheet']").getAttribute("href"))
                    .matches(".*/assets/usher-[0-9a-f]{32}[.]css");
            assertThat(browser.find("script[src*='live']").getAttribute("src"))
                    .matches(".*/assets/live-[0-9a-f]{32}[.]js");
            assertThat(browser.find("script[src*='htmx']").getAttribute("src")).matches(".*/webjars/htmx[.]org/.*");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
