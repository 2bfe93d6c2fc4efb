package dev.usher.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    private final Fingerprint fingerprint = new Fingerprint("a key of at least 16 characters");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":2}       | {\"b\":2,\"a\":1}",
                "{\"a\":{\"x\":1,\"y\":2}}| {\"a\":{\"y\":2,\"x\":1}}",
            })
    void theOrderOfMembersDoesNotCount(String one, String other) throws Exception {
        assertThat(fingerprint.of(json(one))).isEqualTo(fingerprint.of(json(other)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2]                | [2,1]",
                "{\"a\":\"1\"}        | {\"a\":1}",
                "{\"a\":null}         | {}",
                "{\"a\":\"null\"}     | {\"a\":null}",
                "{\"a\":\"true\"}     | {\"a\":true}",
                "{\"a\":\"b\"}        | {\"ab\":\"\"}",
                "[\"ab\",\"c\"]       | [\"a\",\"bc\"]",
                "{\"a\":[]}           | {\"a\":{}}",
                "[[1],[2]]            | [[1,2]]",
                "{\"a\":{\"b\":1}}    | {\"a\":{},\"b\":1}",
            })
    void whatDiffersHasAnotherHash(String one, String other) throws Exception {
        assertThat(fingerprint.of(json(one))).isNotEqualTo(fingerprint.of(json(other)));
    }

    @Test
    void aHashIs32HexDigits() {
        assertThat(fingerprint.ofText("anything")).matches("[0-9a-f]{32}");
    }

    @Test
    void letterCaseAndBlanksOfAnAddressDoNotCount() {
        assertThat(fingerprint.ofEmail(" Ada@Example.org ")).isEqualTo(fingerprint.ofEmail("ada@example.org"));
    }

    @Test
    void anotherKeyGivesAnotherHash() {
        assertThat(new Fingerprint("another key of 16 or more").ofText("x")).isNotEqualTo(fingerprint.ofText("x"));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
