package dev.usher.console;

import static org.awaitility.Awaitility.await;

import dev.usher.scenario.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.InvalidElementStateException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.springframework.util.FileSystemUtils;

/**
 * A headless Chromium for tests of pages. It is the one that {@code .ci/run} installs; nothing is ever downloaded, and
 * without it a test is skipped.
 */
public final class Browser implements AutoCloseable {

    /** As wide as a desktop's window, and as wide as a phone; in CSS pixels. */
    public static final int WIDE = 1280;

    public static final int PHONE = 400;

    private static final Path CHROMIUM = Path.of(System.getProperty("usher.chromium", "/usr/bin/chromium"));
    private static final Path DRIVER = Path.of(System.getProperty("usher.chromedriver", "/usr/bin/chromedriver"));
    private static final int HEIGHT = 900;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Path profile;
    private final ChromeDriver driver;
    private final URI usher;

    private Browser(Path profile, ChromeDriver driver, URI usher) {
        this.profile = profile;
        this.driver = driver;
        this.usher = usher;
    }

    /**
     * Opens a browser in which an operator has signed in.
     *
     * @param usher address of the console of a {@link Product}
     */
    public static Browser open(URI usher) {
        return visitor(usher).signIn(Product.OPERATOR);
    }

    /** Signs in as one of the users of a {@link Product}. */
    public Browser signIn(String name) {
        go("/sign-in").write("username", name).write("password", Product.PASSWORDS.get(name));
        press("Sign in");
        return until("signed in", LONGEST, () -> !path().equals("/sign-in"));
    }

    /**
     * Opens a browser that knows nothing yet: no cookies, no cache. The test is skipped where there is none.
     *
     * @param usher address of the console, such as {@code http://127.0.0.1:8080}
     */
    public static Browser visitor(URI usher) {
        Assumptions.assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                () -> "There is no " + CHROMIUM + " or no " + DRIVER + ": install the packages chromium and"
                        + " chromium-driver, or name the files with -Dusher.chromium and -Dusher.chromedriver");
        try {
            var profile = Files.createTempDirectory("usher-browser");
            var options = new ChromeOptions();
            options.setBinary(CHROMIUM.toFile());
            options.addArguments(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--hide-scrollbars",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--force-color-profile=srgb",
                    "--lang=en",
                    "--user-data-dir=" + profile);
            // An executable that is named is taken as it is; without a name Selenium would look for one to download.
            var service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(DRIVER.toFile())
                    .usingAnyFreePort()
                    .withSilent(true)
                    .build();
            var browser = new Browser(profile, new ChromeDriver(service, options), usher);
            browser.width(WIDE);
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Selenium's own, for what this class does not offer. */
    public ChromeDriver driver() {
        return driver;
    }

    /** Goes to a page. @param path such as {@code /people?q=x} */
    public Browser go(String path) {
        driver.get(usher.resolve(path).toString());
        return this;
    }

    /** The path of the page that is shown now. */
    public String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    /** Sets the width of the page, in CSS pixels: {@link #WIDE} or {@link #PHONE}. */
    public Browser width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Wants pages dark. */
    public Browser dark() {
        return scheme("dark");
    }

    /** Wants pages light. */
    public Browser light() {
        return scheme("light");
    }

    private Browser scheme(String name) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
        return this;
    }

    /** The first element of this CSS selector. @throws org.openqa.selenium.NoSuchElementException when there is none */
    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** All elements of this CSS selector. */
    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** What an element says; looked for again where the page put another in its place meanwhile. */
    public String text(By by) {
        return await("an element " + by)
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(Browser::isOfAPageThatChanges)
                .until(() -> driver.findElement(by).getText(), words -> true);
    }

    private static boolean isOfAPageThatChanges(Throwable error) {
        return error instanceof StaleElementReferenceException
                || error instanceof NoSuchElementException
                || error instanceof InvalidElementStateException;
    }

    /**
     * Waits until something holds, also on a page that is only just coming.
     *
     * @param longest after this time the test fails, and the error tells what the page showed instead
     */
    public Browser until(String what, Duration longest, BooleanSupplier holds) {
        try {
            await(what)
                    .atMost(longest)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptionsMatching(Browser::isOfAPageThatChanges)
                    .until(holds::getAsBoolean);
            return this;
        } catch (ConditionTimeoutException e) {
            var page = text(By.cssSelector("body")).replaceAll("\\s+", " ");
            throw new AssertionError(
                    "Within " + longest.toSeconds() + " s there was not: " + what + ". " + driver.getCurrentUrl()
                            + " shows: " + page.substring(0, Math.min(page.length(), 500)) + " and complains: "
                            + complaints().stream().distinct().limit(5).toList(),
                    e);
        }
    }

    /** What can be read on the page, below the navigation. */
    public String text() {
        return text(By.cssSelector("main"));
    }

    /** Waits, at most 20 s, until the page says this; also for a page that is only just coming. */
    public Browser says(String words) {
        return until("the page says: " + words, LONGEST, () -> text().contains(words));
    }

    /** Waits, at most 20 s, until the parts that the page fetches itself are there. */
    public Browser settle() {
        return until(
                "the page has fetched its parts",
                LONGEST,
                () -> all(".loading, .htmx-request").isEmpty());
    }

    /** Writes into the field of this name, in place of what stands there. */
    public Browser write(String name, String value) {
        var field = find("[name='" + name + "']");
        field.clear();
        field.sendKeys(value);
        return this;
    }

    /** Presses the first button or link with this text. */
    public Browser press(String text) {
        driver.findElement(By.xpath("//main//*[self::button or self::a][normalize-space()='" + text + "']"))
                .click();
        return this;
    }

    /** By how many CSS pixels the page is wider than the window; 0 where nothing must be scrolled sideways. */
    public long overflow() {
        var wider = driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return wider instanceof Number pixels ? pixels.longValue() : 0;
    }

    /** What the browser itself complains of: refused scripts and styles, files that are missing. */
    public List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(line -> line.startsWith("SEVERE"))
                .toList();
    }

    /** Takes a picture of the whole page, also of what is below the window. @return the file, a PNG */
    public Path picture(Path file) {
        var size = metrics();
        var answer = driver.executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1)));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(
                    file, Base64.getDecoder().decode(answer.get("data").toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> metrics() {
        return (Map<String, Object>)
                driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()).get("cssContentSize");
    }

    @Override
    public void close() {
        driver.quit();
        try {
            FileSystemUtils.deleteRecursively(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
