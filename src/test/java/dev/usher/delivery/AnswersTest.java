package dev.usher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.usher.delivery.Verdict.Kind;
import dev.usher.destination.Destinations;
import dev.usher.destination.TestDestinations;
import dev.usher.event.Headers;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;

/** The general rule, and what each vendor's own answers.jq says of the answers in the vendor's documents. */
class AnswersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final Answers answers = new Answers(Clock.fixed(NOW, ZoneOffset.ofHours(13)));
    private final Destinations destinations = TestDestinations.ofProject(Map.of());

    private Verdict judge(Throwable failure, String destination, String operation, int variant) {
        var exchange = Exchanges.of(new DefaultCamelContext(), destination, Map.of(Headers.VARIANT, variant));
        var delivery = Delivery.of(exchange, 0);
        delivery.operation = operation;
        return answers.judge(failure, destinations.get(destination), delivery);
    }

    private Verdict judge(Throwable failure) {
        return judge(failure, "sql", "create", 0);
    }

    private static HttpOperationFailedException answer(int status, Map<String, String> headers, String body) {
        return new HttpOperationFailedException("http://vendor", status, "", null, headers, body);
    }

    @ParameterizedTest
    @CsvSource({
        "400,REFUSED",
        "401,FAILING",
        "403,REFUSED",
        "404,REFUSED",
        "408,FAILING",
        "409,REFUSED",
        "422,REFUSED",
        "425,FAILING",
        "429,THROTTLED",
        "500,FAILING",
        "502,FAILING",
        "503,THROTTLED",
        "504,FAILING"
    })
    void withoutAWordOfItsOwnTheStatusDecides(int status, Kind kind) {
        assertThat(judge(answer(status, Map.of(), "")).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Retry-After | 7                             | PT7S",
                "retry-after | 7                             | PT7S",
                "Retry-After | 'Sat, 21 Nov 2026 10:00:30 GMT' | PT30S",
                "Retry-After | 'Sat, 21 Nov 2026 09:00:00 GMT' | PT0S",
            })
    void howLongToWaitIsReadAsSecondsAndAsADate(String header, String value, Duration after) {
        assertThat(judge(answer(429, Map.of(header, value), "")).after()).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"soon", "-1", "''", "99999999999999999999"})
    void aRetryAfterThatMakesNoSenseIsNone(String value) {
        assertThat(judge(answer(503, Map.of("Retry-After", value), "")).after()).isNull();
    }

    @Test
    void noAnswerAndAnUnreadableOneMayHeal() {
        assertThat(judge(new SocketTimeoutException()).kind()).isEqualTo(Kind.FAILING);
        assertThat(judge(new RuntimeException(new IOException("reset"))).kind()).isEqualTo(Kind.FAILING);
        assertThat(judge(new JsonParseException(null, "cut")).kind()).isEqualTo(Kind.FAILING);
        assertThat(judge(answer(400, Map.of("Content-Type", "application/json; charset=utf-8"), "{\"ti"))
                        .kind())
                .isEqualTo(Kind.FAILING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "stripe | {\"error\": {\"code\": \"email_invalid\", \"message\": \"Invalid email address: ada@example.org\"}}"
                        + " | Invalid email address: …",
                "entra | {\"error\": {\"code\": \"Request_BadRequest\", \"message\": \"Invalid value specified for property 'mail' of resource 'User'.\"}}"
                        + " | Invalid value specified for property … of resource …",
                "birthrights | {\"error\": {\"code\": \"Authorization_RequestDenied\", \"message\": \"Insufficient privileges to complete the operation.\"}}"
                        + " | Insufficient privileges to complete the operation.",
                "dataverse | {\"error\": {\"code\": \"0x80040265\", \"message\": \"The name 'Ada' is not valid.\"}}"
                        + " | The name … is not valid.",
                "mailchimp | {\"title\": \"Invalid Resource\", \"detail\": \"ada@example.org looks fake or invalid, please enter a real email address.\"}"
                        + " | … fake or invalid, please enter a real email address.",
                "salesforce | [{\"errorCode\": \"INVALID_EMAIL_ADDRESS\", \"message\": \"Email: invalid email address: ada@example.org\", \"fields\": [\"Email\"]}]"
                        + " | Email: invalid email address: …"
            })
    void whatTheVendorSaysIsKeptWithoutThePerson(String destination, String body, String words) {
        var verdict = judge(answer(400, Map.of("Content-Type", "application/json"), body), destination, "create", 0);

        assertThat(verdict.kind()).isEqualTo(Kind.REFUSED);
        assertThat(verdict.words()).isEqualTo(words);
        assertThat(verdict.reason()).doesNotContain("ada", "Ada");
    }

    @Test
    void whatNobodyKnowsCannotHeal() {
        var verdict = judge(new IllegalStateException("ada@example.org"));

        assertThat(verdict.kind()).isEqualTo(Kind.REFUSED);
        assertThat(verdict.reason())
                .startsWith("cannot be processed: IllegalStateException")
                .doesNotContain("ada@");
    }

    @Test
    void aMappingThatDoesNotFitIsRefused() {
        assertThat(judge(new JsonQueryException("no")).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aDatabaseThatIsAwayMayHealAndOneThatSaysNoMayNot() {
        assertThat(kind(new CannotGetJdbcConnectionException("away"))).isEqualTo(Kind.FAILING);
        assertThat(kind(new TransientDataAccessResourceException("busy"))).isEqualTo(Kind.FAILING);
        assertThat(kind(new UncategorizedSQLException("x", null, new SQLException("closed", "90067"))))
                .isEqualTo(Kind.FAILING);
        assertThat(kind(new DataIntegrityViolationException("constraint"))).isEqualTo(Kind.REFUSED);
    }

    private Kind kind(DataAccessException failure) {
        return judge(failure).kind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stripe|update|0|404|{\"error\":{\"code\":\"resource_missing\",\"type\":\"invalid_request_error\"}}|GONE|Stripe holds no such customer",
                "stripe|create|0|409|{\"error\":{\"type\":\"idempotency_error\"}}|FAILING|the same call is still under way",
                "stripe|create|0|429|{\"error\":{\"code\":\"rate_limit\"}}|THROTTLED|HTTP 429 rate_limit",
                "stripe|create|0|400|{\"error\":{\"code\":\"email_invalid\",\"param\":\"email\"}}|REFUSED|HTTP 400 email_invalid (email)",
                "stripe|create|0|401|{\"error\":{\"type\":\"invalid_request_error\"}}|FAILING|HTTP 401",
                "stripe|update|0|429|{\"error\":{\"code\":\"lock_timeout\"}}|FAILING|somebody else writes to the same customer",
                "mailchimp|update|0|400|{\"title\":\"Invalid Resource\",\"detail\":\"ada@example.org has too many recent signup requests\"}|FAILING|Mailchimp: too many sign-ups of this address of late",
                "mailchimp|update|0|400|{\"title\":\"Member In Compliance State\",\"status\":400}|SKIPPED|Mailchimp: Member In Compliance State",
                "mailchimp|create|0|400|{\"title\":\"Forgotten Email Not Subscribed\"}|SKIPPED|Mailchimp: Forgotten Email Not Subscribed",
                "mailchimp|create|0|400|{\"title\":\"Member Exists\"}|AGAIN|somebody with this address is a member already",
                "mailchimp|update|0|400|{\"title\":\"Member Exists\"}|REFUSED|another member has the new address",
                "mailchimp|update|0|404|{\"title\":\"Resource Not Found\"}|GONE|Mailchimp holds no such member",
                "mailchimp|create|0|403|``|THROTTLED|HTTP 403 without a word",
                "mailchimp|create|0|400|{\"title\":\"Invalid Resource\",\"errors\":[{\"field\":\"email_address\"}]}|REFUSED|HTTP 400 Invalid Resource (email_address)",
                "salesforce|create|0|300|[\"/services/data/v64.0/sobjects/Contact/003A\",\"/services/data/v64.0/sobjects/Contact/003B\"]|REFUSED|several contacts have this external id: 003A, 003B",
                "salesforce|update|0|400|[{\"errorCode\":\"UNABLE_TO_LOCK_ROW\",\"message\":\"x\"}]|FAILING|somebody else holds the lock of the contact",
                "salesforce|update|0|403|[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"TotalRequests Limit exceeded.\"}]|THROTTLED|Salesforce's calls of the day are used up",
                "salesforce|update|0|403|[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"ConcurrentRequests Limit exceeded.\"}]|THROTTLED|too many calls at once",
                "salesforce|update|0|403|[{\"errorCode\":\"INSUFFICIENT_ACCESS_OR_READONLY\",\"message\":\"x\"}]|REFUSED|HTTP 403 INSUFFICIENT_ACCESS_OR_READONLY",
                "salesforce|read|0|404|[{\"errorCode\":\"NOT_FOUND\"}]|GONE|Salesforce holds no such contact",
                "salesforce|delete|0|404|[{\"errorCode\":\"NOT_FOUND\"}]|DONE|Salesforce holds no such contact",
                "salesforce|update|0|404|[{\"errorCode\":\"NOT_FOUND\"}]|REFUSED|HTTP 404 NOT_FOUND",
                "salesforce|create|0|400|[{\"errorCode\":\"REQUIRED_FIELD_MISSING\",\"fields\":[\"LastName\"]}]|REFUSED|HTTP 400 REQUIRED_FIELD_MISSING (LastName)",
                "salesforce|update|0|400|[{\"errorCode\":\"REQUIRED_FIELD_MISSING\",\"fields\":[\"LastName\"]}]|SKIPPED|the user is deleted, and so is the contact",
                "salesforce|update|0|401|[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"x\"}]|FAILING|HTTP 401",
                "salesforce|update|0|404|[{\"errorCode\":\"NOT_FOUND\",\"message\":\"x\"}]|REFUSED|HTTP 404 NOT_FOUND",
                "salesforce|update|0|500|[{\"errorCode\":\"UNKNOWN_EXCEPTION\",\"message\":\"x\"}]|FAILING|HTTP 500",
                "salesforce|update|0|503|``|THROTTLED|HTTP 503",
                "dataverse|create|0|412|{\"error\":{\"code\":\"0x80040333\",\"message\":\"x\"}}|REFUSED|a duplicate detection rule of Dataverse refuses the contact",
                "dataverse|update|0|412|{\"error\":{\"code\":\"0x80040333\",\"message\":\"x\"}}|REFUSED|a duplicate detection rule of Dataverse refuses the contact",
                "dataverse|create|0|412|{\"error\":{\"code\":\"0x80040237\",\"message\":\"x\"}}|AGAIN|the external identity was written meanwhile",
                "dataverse|update|0|412|{\"error\":{\"code\":\"0x80040237\",\"message\":\"x\"}}|AGAIN|the external identity was written meanwhile",
                "dataverse|create|3|412|{\"error\":{\"code\":\"0x80040237\",\"message\":\"x\"}}|REFUSED|HTTP 412 0x80040237",
                "dataverse|update|0|404|{\"error\":{\"code\":\"0x80040217\",\"message\":\"Entity 'Contact' With Id = c0ffee00-0000-4000-8000-000000000001 Does Not Exist\"}}|GONE|Dataverse holds no such contact",
                "dataverse|read|0|404|{\"error\":{\"code\":\"0x80040217\",\"message\":\"Entity 'Contact' With Id = c0ffee00-0000-4000-8000-000000000001 Does Not Exist\"}}|GONE|Dataverse holds no such contact",
                "dataverse|create|0|404|{\"error\":{\"code\":\"0x80040217\",\"message\":\"Entity 'Contact' With Id = c0ffee00-0000-4000-8000-000000000001 Does Not Exist\"}}|AGAIN|the contact was deleted meanwhile",
                "dataverse|create|3|404|{\"error\":{\"code\":\"0x80040217\",\"message\":\"Entity 'Contact' With Id = c0ffee00-0000-4000-8000-000000000001 Does Not Exist\"}}|REFUSED|HTTP 404 0x80040217",
                "dataverse|update|0|404|{\"error\":{\"code\":\"0x80060888\",\"message\":\"x\"}}|REFUSED|HTTP 404 0x80060888",
                "dataverse|update|0|429|{\"error\":{\"code\":\"0x80072322\",\"message\":\"x\"}}|THROTTLED|HTTP 429 too many requests in five minutes",
                "dataverse|update|0|429|{\"error\":{\"code\":\"0x80072321\",\"message\":\"x\"}}|THROTTLED|HTTP 429 too much execution time in five minutes",
                "dataverse|update|0|429|{\"error\":{\"code\":\"0x80072326\",\"message\":\"x\"}}|THROTTLED|HTTP 429 too many requests at once",
                "dataverse|create|0|403|{\"error\":{\"code\":\"0x80040220\",\"message\":\"x\"}}|REFUSED|HTTP 403 0x80040220",
                "dataverse|update|0|401|``|FAILING|HTTP 401",
                "entra|update|0|404|{\"error\":{\"code\":\"Request_ResourceNotFound\"}}|FAILING|the directory does not show the user",
                "entra|update|0|403|{\"error\":{\"code\":\"Authorization_RequestDenied\"}}|REFUSED|HTTP 403 Authorization_RequestDenied",
                "entra|update|0|400|{\"error\":{\"code\":\"Request_BadRequest\",\"details\":[{\"code\":\"ObjectConflict\",\"target\":\"userPrincipalName\"}]}}|AGAIN|the user principal name is taken",
                "entra|update|0|400|{\"error\":{\"code\":\"Request_BadRequest\",\"details\":[{\"code\":\"ObjectConflict\",\"target\":\"mail\"}]}}|REFUSED|another user has the same mail",
            })
    void eachVendorsOwnWordsAreUnderstood(
            String destination, String operation, int variant, int status, String body, Kind kind, String reason) {
        var verdict = judge(answer(status, Map.of(), body), destination, operation, variant);

        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.reason()).isEqualTo(reason);
    }

    /** The header is obeyed, but for a 429; a failure that is given again under its key is worth no repeat. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Stripe-Should-Retry          | true              | FAILING",
                "500 | Stripe-Should-Retry          | true              | FAILING",
                "500 | Stripe-Should-Retry          | false             | REFUSED",
                "409 | Stripe-Should-Retry          | false             | REFUSED",
                "429 | Stripe-Should-Retry          | false             | THROTTLED",
                "500 | Idempotent-Replayed          | true              | UNKNOWN",
                "400 | Idempotent-Replayed          | true              | REFUSED",
                "500 | Request-Id                   | req_1             | FAILING",
                "429 | Stripe-Rate-Limited-Reason   | resource-specific | FAILING",
                "429 | Stripe-Rate-Limited-Reason   | global-rate       | THROTTLED",
            })
    void stripesHeadersAreUnderstood(int status, String header, String value, Kind kind) {
        assertThat(judge(answer(status, Map.of(header, value), "{}"), "stripe", "create", 0)
                        .kind())
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"-,PT15M", "7,PT7S"})
    void aMeaningMaySayHowLongToWaitWhereTheVendorDoesNot(String retryAfter, Duration after) {
        var body = "[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"TotalRequests Limit exceeded.\"}]";
        Map<String, String> headers = retryAfter.equals("-") ? Map.of() : Map.of("Retry-After", retryAfter);

        assertThat(judge(answer(403, headers, body), "salesforce", "update", 0).after())
                .isEqualTo(after);
    }

    @Test
    void anAddressInTheVendorsWordsIsNotRepeated() {
        var body = "{\"error\":{\"code\":\"taken by ada@example.org\"}}";

        assertThat(judge(answer(400, Map.of(), body), "stripe", "create", 0).reason())
                .doesNotContain("ada@");
    }
}
