package dev.usher.doctor;

import dev.usher.destination.Destinations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.support.DefaultExchange;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tries every system that is switched on, all at once, reading only: a second call does no harm. */
@Component
public final class Doctor {

    private static final String PREFIX = "examine-";
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration MOST_SKEW = Duration.ofMinutes(1);

    private final CamelContext camel;
    private final Destinations destinations;

    Doctor(CamelContext camel, Destinations destinations) {
        this.camel = camel;
        this.destinations = destinations;
    }

    /**
     * What was found, by system; takes as long as the slowest of them, at most half a minute.
     *
     * @param environment the configuration as it is meant, whose database, broker and folders are looked at
     */
    public List<Sign> examine(Environment environment) {
        return examine(environment, waiting -> {});
    }

    /**
     * The same.
     *
     * @param progress is told the systems that have not answered yet, by each thread on which one of them did
     */
    public List<Sign> examine(Environment environment, Consumer<List<String>> progress) {
        List<String> routes = camel.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> id.startsWith(PREFIX))
                .sorted()
                .toList();
        var charts = routes.stream()
                .map(route -> new Chart(route.substring(PREFIX.length())))
                .toList();
        ExecutorService workers = Executors.newFixedThreadPool(routes.size() + 1);
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            var around = CompletableFuture.supplyAsync(() -> new Surroundings(environment).signs(), workers);
            var waiting = new Waiting(charts, progress);
            var examined = charts.stream()
                    .map(chart -> CompletableFuture.runAsync(() -> examine(template, chart), workers)
                            .completeOnTimeout(null, LONGEST.toSeconds(), TimeUnit.SECONDS)
                            .thenRun(() -> waiting.answered(chart.system())))
                    .toList();
            examined.forEach(CompletableFuture::join);
            var signs = new ArrayList<Sign>(around.join());
            charts.forEach(chart -> signs.addAll(chart.signs().isEmpty() ? List.of(late(chart)) : chart.signs()));
            signs.addAll(notExamined(routes));
            signs.add(clock(charts));
            return signs.stream().sorted().toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            workers.shutdownNow();
        }
    }

    private void examine(ProducerTemplate template, Chart chart) {
        var exchange = new DefaultExchange(camel, ExchangePattern.InOut);
        chart.travelWith(exchange);
        template.send("direct:" + PREFIX + chart.system(), exchange);
        var failure = exchange.getException();
        if (failure != null) {
            chart.add(Sign.bad(
                    chart.system(),
                    "the route " + PREFIX + chart.system() + " failed ("
                            + failure.getClass().getSimpleName() + ": "
                            + String.valueOf(failure.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("") + ")",
                    "mend the route, or the setting that it takes"));
        }
    }

    private static final class Waiting {

        private final Set<String> systems = new TreeSet<>();
        private final Consumer<List<String>> progress;

        Waiting(List<Chart> charts, Consumer<List<String>> progress) {
            charts.forEach(chart -> systems.add(chart.system()));
            this.progress = progress;
            progress.accept(List.copyOf(systems));
        }

        synchronized void answered(String system) {
            systems.remove(system);
            if (!systems.isEmpty()) {
                progress.accept(List.copyOf(systems));
            }
        }
    }

    private static Sign late(Chart chart) {
        return Sign.unreachable(
                chart.system(),
                "no answer within " + LONGEST.toSeconds() + " s",
                "open the way to it (DNS, proxy, firewall), or try again");
    }

    private List<Sign> notExamined(List<String> routes) {
        return destinations.all().stream()
                .filter(destination -> destination.settings().enabled())
                .filter(destination -> !routes.contains(PREFIX + destination.name()))
                .map(destination -> Sign.note(
                        destination.name(),
                        "nothing was tried: no route says how",
                        "add routes/destinations/" + destination.name() + "/" + PREFIX + destination.name()
                                + ".camel.yaml, see docs/add-a-destination.md"))
                .toList();
    }

    /** By the median of what the vendors' clocks say: one of them may be wrong itself, or slow to answer. */
    private static Sign clock(List<Chart> charts) {
        List<Duration> skews = charts.stream()
                .flatMap(chart -> chart.skews().stream())
                .sorted(Comparator.naturalOrder())
                .toList();
        if (skews.isEmpty()) {
            return Sign.note("clock", "nobody told the time", null);
        }
        var skew = skews.get(skews.size() / 2);
        var words = Stream.of(skew.abs().toSeconds() + " s", skew.isNegative() ? "ahead of" : "behind")
                .toList();
        return skew.abs().compareTo(MOST_SKEW) > 0
                ? Sign.bad(
                        "clock",
                        "this machine's clock is " + words.get(0) + " " + words.get(1) + " the vendors'",
                        "set it by NTP: tokens and webhooks are refused by a wrong clock")
                : Sign.good("clock", "within " + Math.max(1, skew.abs().toSeconds()) + " s of the vendors'");
    }
}
