package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a destination holds what is wanted. */
class SeenTest {

    @ParameterizedTest(name = "{0} holds {1}: {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\":1,\"b\":2};            {\"a\":1};                true",
                "{\"a\":1};                    {\"a\":2};                false",
                "{};                           {\"a\":null};             true",
                "{\"a\":null};                 {\"a\":null};             true",
                "{\"a\":\"x\"};                {\"a\":null};             false",
                "{};                           {\"a\":\"\"};             false",
                "{\"a\":{\"b\":1,\"c\":2}};    {\"a\":{\"b\":1}};        true",
                "{\"a\":\"b\"};                {\"a\":{\"b\":1}};        false",
                "{\"t\":[\"x\",\"y\",\"z\"]};  {\"t\":[\"z\",\"x\"]};    true",
                "{\"t\":[\"x\"]};              {\"t\":[\"x\",\"y\"]};    false",
                "{};                           {\"t\":[]};               false",
                "{\"n\":1.0};                  {\"n\":1};                true",
                "{\"n\":\"1\"};                {\"n\":1};                false",
            })
    void onlyWhatIsWantedCounts(String seen, String wanted, boolean holds) throws Exception {
        var json = new ObjectMapper();

        assertThat(Seen.holds(json.readTree(seen), json.readTree(wanted))).isEqualTo(holds);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "{\"a\":1,\"b\":2};            {\"a\":1};                     []",
                "{\"a\":1};                    {\"a\":2};                     [a: 1 to 2]",
                "{\"m\":{\"s\":\"x\",\"t\":1}}; {\"m\":{\"s\":\"y\",\"t\":1}}; [m.s: x to y]",
                "{\"a\":\"x\"};                {\"a\":null};                  [a: x to null]",
                "{};                           {\"a\":true};                  [a: null to true]",
                "{\"t\":[\"x\"]};              {\"t\":[\"x\",\"y\"]};         '[t: [\"x\"] to [\"x\",\"y\"]]'",
                "-;                            {\"a\":1,\"n\":null};          '[a: null to 1, n: null to null]'",
            })
    void everyFieldThatDiffersIsNamed(String seen, String wanted, String differences) throws Exception {
        var json = new ObjectMapper();

        assertThat(Seen.differences(seen == null ? null : json.readTree(seen), json.readTree(wanted)).stream()
                        .map(one -> one.field() + ": " + one.holds() + " to " + one.wanted())
                        .toList())
                .hasToString(differences);
    }
}
