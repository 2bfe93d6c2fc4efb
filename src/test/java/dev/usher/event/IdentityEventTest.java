package dev.usher.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityEventTest {

    private static final String VALID = "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/entra/audit-log\","
            + "\"type\":\"user.created\",\"subject\":\"u1\",\"time\":\"2026-03-02T10:15:22.5312345Z\"}";

    @Test
    void anEventSurvivesItsJsonForm() {
        var data = JsonNodeFactory.instance.objectNode().put("userName", "ada");
        var event = new IdentityEvent(
                "e1", "/entra/audit-log", "user.created", "u1", Instant.parse("2026-03-02T10:15:22.5Z"), data);

        var read = IdentityEvent.parse(event.toJson());

        assertThat(read).isEqualTo(event);
    }

    @Test
    void whatIsUnknownIsAbsentFromTheJsonForm() {
        var event = new IdentityEvent("e1", "/import", "user.updated", null, Instant.EPOCH, null);

        var json = event.toJson();

        assertThat(json).doesNotContain("subject", "data");
        assertThat(IdentityEvent.parse(json)).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"specversion\":\"1.0\"|\"specversion\":\"2.0\"|specversion",
                "\"id\":\"e1\"|\"id\":\"\"|id",
                "\"source\"|\"sauce\"|source",
                "\"user.created\"|7|type",
                "\"subject\":\"u1\"|\"subject\":{}|subject",
                "2026-03-02T10|yesterday|time",
                "\"time\"|\"data\":[],\"time\"|data",
            })
    void oneWrongMemberIsNamed(String good, String bad, String member) {
        var json = VALID.replace(good, bad);

        assertThatThrownBy(() -> IdentityEvent.parse(json)).hasMessageContaining("member '" + member + "'");
        assertThat(IdentityEvent.parse(VALID).subject()).isEqualTo("u1");
    }

    @Test
    void whatIsNotJsonIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> IdentityEvent.parse("ada@example.com"))
                .hasMessageContaining("not JSON")
                .hasMessageNotContaining("ada");
    }
}
