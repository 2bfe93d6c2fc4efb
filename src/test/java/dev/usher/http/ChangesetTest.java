package dev.usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ProtocolException;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangesetTest {

    private static final String REQUESTS = """
            [{"method": "POST", "path": "contacts?tag=usher", "body": {"lastname": "Sample"}},
             {"method": "PATCH", "path": "rows(1)", "headers": {"If-Match": "*"}, "body": {"contact@odata.bind": "$1"}}]""";
    private static final String DONE =
            "--c\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\nOData-Version:"
                    + " 4.0\r\n\r\n\r\n";
    private static final String REFUSED =
            "--b\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 412 Precondition Failed\r\n"
                    + "Content-Type: application/json\r\nRetry-After: 3\r\n\r\n{\"error\":{\"code\":\"0x80040237\"}}\r\n--b--\r\n";

    private final Changeset changeset = new Changeset();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @BeforeEach
    void encoded() throws Exception {
        exchange.getMessage().setBody(new ObjectMapper().readTree(REQUESTS));
        changeset.encode(exchange);
    }

    private void answer(int status, String body) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        exchange.getMessage().setBody(body);
    }

    @Test
    void requestsAreNumberedPartsOfOneChangeset() {
        var type = exchange.getMessage().getHeader("Content-Type", String.class);
        var body = exchange.getMessage().getBody(String.class);
        var boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());

        assertThat(type).startsWith("multipart/mixed;boundary=batch_");
        assertThat(body).startsWith("--" + boundary + "\r\nContent-Type: multipart/mixed;boundary=changeset_");
        assertThat(body).endsWith("--" + boundary + "--\r\n");
        assertThat(body)
                .contains(
                        "Content-ID: 1\r\n\r\nPOST contacts?tag=usher HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
                                + "{\"lastname\":\"Sample\"}\r\n")
                .contains(
                        "Content-ID: 2\r\n\r\nPATCH rows(1) HTTP/1.1\r\nContent-Type: application/json\r\nIf-Match: *\r\n\r\n"
                                + "{\"contact@odata.bind\":\"$1\"}\r\n");
    }

    @Test
    void anAnswerToEveryRequestIsAllThatIsNeeded() {
        answer(200, DONE + DONE);

        assertThatCode(() -> changeset.check(exchange)).doesNotThrowAnyException();
    }

    @Test
    void aRefusalInsideIsTheFailureWithItsOwnStatusHeadersAndBody() {
        answer(400, REFUSED);

        assertThatThrownBy(() -> changeset.check(exchange))
                .isInstanceOfSatisfying(HttpOperationFailedException.class, refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(412);
                    assertThat(refused.getResponseBody()).isEqualTo("{\"error\":{\"code\":\"0x80040237\"}}");
                    assertThat(refused.getResponseHeaders()).containsEntry("Retry-After", "3");
                });
    }

    @Test
    void aRefusalOfTheWholeKeepsItsStatusAndBody() {
        answer(400, "{\"error\":{\"code\":\"0x80060888\"}}");

        assertThatThrownBy(() -> changeset.check(exchange))
                .isInstanceOfSatisfying(HttpOperationFailedException.class, refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(400);
                    assertThat(refused.getResponseBody()).contains("0x80060888");
                });
    }

    @Test
    void anAnswerThatBreaksOffIsNoAnswer() {
        answer(200, DONE);

        assertThatThrownBy(() -> changeset.check(exchange)).isInstanceOf(ProtocolException.class);
    }
}
