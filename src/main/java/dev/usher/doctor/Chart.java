package dev.usher.doctor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;

/** What is written down while one system is examined; it travels with the exchange. */
final class Chart {

    private static final String PROPERTY = "usherChart";

    private final String system;
    private final List<Sign> signs = new CopyOnWriteArrayList<>();
    private final List<Duration> skews = new CopyOnWriteArrayList<>();

    Chart(String system) {
        this.system = system;
    }

    static Chart of(Exchange exchange) {
        var chart = exchange.getProperty(PROPERTY, Chart.class);
        if (chart == null) {
            throw new IllegalStateException("only the doctor calls routes that examine");
        }
        return chart;
    }

    void travelWith(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    String system() {
        return system;
    }

    void add(Sign sign) {
        signs.add(sign);
    }

    /** @param ahead how far the system's clock is ahead of ours; negative: behind */
    void addSkew(Duration ahead) {
        skews.add(ahead);
    }

    List<Sign> signs() {
        return List.copyOf(signs);
    }

    List<Duration> skews() {
        return List.copyOf(skews);
    }
}
