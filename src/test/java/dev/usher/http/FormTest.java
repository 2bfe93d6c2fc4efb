package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                        | ''",
                "{\"a\":\"b\"}                             | a=b",
                "{\"a\":\"b\",\"c\":1,\"d\":true}          | a=b&c=1&d=true",
                "{\"a\":null}                              | a=",
                "{\"metadata\":{\"plan\":\"gold\"}}        | metadata%5Bplan%5D=gold",
                "{\"a\":{\"b\":{\"c\":1}}}                 | a%5Bb%5D%5Bc%5D=1",
                "{\"a\":[\"x\",{\"y\":1}]}                 | a%5B0%5D=x&a%5B1%5D%5By%5D=1",
                "{\"email\":\"a+b&c=d@example.org\"}       | email=a%2Bb%26c%3Dd%40example.org",
                "{\"name\":\"Zoë O'Neil\"}                 | name=Zo%C3%AB+O%27Neil",
            })
    void jsonBecomesAForm(String json, String form) throws Exception {
        assertThat(new Form().encode(new ObjectMapper().readTree(json))).isEqualTo(form);
    }
}
