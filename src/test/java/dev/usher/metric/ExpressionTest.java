package dev.usher.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpressionTest {

    private static final Scrape SCRAPE = Scrape.of("# HELP a_total Words\na_total{x=\"1\",y=\"{2}\"} 3.0\nb 1\n");

    @Test
    void metricsAreFoundAmongFunctionsRangesAndGroupings() {
        var expression = new Expression("sum by (le, x) (rate(a_total{y=~\"b|c\",instance=\"i\"}[5m])) / b > 3");

        assertThat(expression.metrics()).isEqualTo(Map.of("a_total", Set.of("le", "x", "y"), "b", Set.of("le", "x")));
    }

    @Test
    void whatIsScrapedIsNotMissing() {
        assertThat(new Expression("sum by (x) (a_total{y!=\"3\"})").missing(SCRAPE))
                .isEmpty();
    }

    @Test
    void anUnknownMetricAndAnUnknownLabelAreMissing() {
        assertThat(new Expression("time() - max(c_seconds)").missing(SCRAPE)).containsExactly("c_seconds");
        assertThat(new Expression("max by (z) (a_total)").missing(SCRAPE)).containsExactly("a_total{z}");
    }
}
