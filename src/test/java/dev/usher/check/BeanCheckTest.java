package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.setting.Beans;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BeanCheckTest extends Spoiled {

    private static final String LOG = "- log:\n            message: recorded";

    BeanCheckTest() {
        super(new BeanCheck(Map.of("ledger", Set.of("record"))));
    }

    @Test
    void everyBeanThatTheRoutesCallExists() {
        assertThat(new BeanCheck(Beans.methods()).findings(Project.read(Path.of(""))))
                .isEmpty();
    }

    @Test
    void aKnownBeanPasses() {
        sample.spoil(Sample.HELPER, LOG, "- bean: {ref: ledger, method: \"record('a')\"}");

        nothingIsFound();
    }

    @Test
    void anUnknownBeanIsFound() {
        sample.spoil(Sample.HELPER, LOG, "- bean: {ref: leger, method: record}");

        isFound(Sample.HELPER, "ref: leger", "no bean 'leger'", "did you mean ledger?");
    }

    @Test
    void anUnknownMethodIsFound() {
        sample.spoil(Sample.HELPER, LOG, "- bean: {ref: ledger, method: recrod}");

        isFound(Sample.HELPER, "ref: ledger", "has no method 'recrod'", "did you mean record?");
    }

    @Test
    void anUnknownBeanInSimpleIsFound() {
        sample.spoil(Sample.HELPER, "message: recorded", "message: \"${bean:leger.record('a')}\"");

        isFound(Sample.HELPER, "leger", "no bean 'leger'", "did you mean ledger?");
    }
}
