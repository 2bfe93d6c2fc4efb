package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditReaderTest {

    private static final String GOOD = """
            {"id":"Directory_7f3c_K3PQX_48210377","category":"UserManagement","result":"success","resultReason":"",
             "activityDisplayName":"Add user","activityDateTime":"2026-03-02T10:15:22.5312345Z",
             "initiatedBy":{"user":null,"app":{"appId":null,"id":"other"}},
             "targetResources":[null,{"id":"group-1","type":"Group"},{"id":"user-1","displayName":null,"type":"User",
               "modifiedProperties":[{"displayName":"id","oldValue":"[]","newValue":"[\\"x\\"]"}]}],
             "additionalDetails":[{"key":"id","value":"no"}]}""";

    @Test
    void fourTextsOfARecordAreKept() throws Exception {
        var page = read(page(GOOD));

        assertThat(page.records())
                .containsExactly(new AuditRecord(
                        "Directory_7f3c_K3PQX_48210377",
                        "Add user",
                        Instant.parse("2026-03-02T10:15:22.5312345Z"),
                        "user-1"));
        assertThat(page.broken()).isEmpty();
        assertThat(page.nextLink()).isNull();
    }

    @Test
    void theLinkToTheNextPageIsKeptAndUnknownMembersArePassedOver() throws Exception {
        var page = read("{\"@odata.context\":\"x\",\"@microsoft.graph.tips\":{\"value\":[1]},"
                + "\"@odata.nextLink\":\"https://graph.microsoft.com/next\",\"value\":[" + GOOD + "]}");

        assertThat(page.nextLink()).isEqualTo("https://graph.microsoft.com/next");
        assertThat(page.records()).hasSize(1);
    }

    @Test
    void namesOfMembersAreComparedWithoutRegardToCase() throws Exception {
        var page = read(page(GOOD.replace("\"type\":\"User\"", "\"Type\":\"User\"")));

        assertThat(page.records()).extracting(AuditRecord::subject).containsExactly("user-1");
    }

    @Test
    void whatDidNotSucceedIsLeftOut() throws Exception {
        var page = read(page(GOOD.replace("\"success\"", "\"failure\"")));

        assertThat(page.records()).isEmpty();
        assertThat(page.broken()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"activityDateTime\":\"2026-03-02T10:15:22.5312345Z\"|\"activityDateTime\":\"yesterday\"",
                "\"activityDateTime\":\"2026-03-02T10:15:22.5312345Z\"|\"activityDateTime\":{\"a\":[1]}",
                "\"activityDisplayName\":\"Add user\"|\"activityDisplayName\":null",
                "\"type\":\"User\"|\"type\":\"Device\"",
                "\"result\":\"success\"|\"result\":0",
            })
    void aBrokenRecordIsNamedAndHoldsUpNobody(String good, String bad) throws Exception {
        var broken = GOOD.replace(good, bad);

        var page = read(page(broken + ",7,[{}]," + GOOD.replace("48210377", "2")));

        assertThat(page.broken()).containsExactly("Directory_7f3c_K3PQX_48210377", "?", "?");
        assertThat(page.records()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "<html>", "{\"value\":[{\"id\":\"x\"", "{\"value\":null}"})
    void whatIsNoPageIsAnInputOutputError(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    }

    private static String page(String records) {
        return "{\"value\":[" + records + "]}";
    }

    private static AuditPage read(String body) throws IOException {
        return new AuditReader().read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
