package dev.usher.dataverse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.TestClock;
import dev.usher.delivery.HeldBack;
import dev.usher.delivery.PauseNotes;
import dev.usher.delivery.TestPauses;
import dev.usher.watermark.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When Dataverse is asked for contacts again after it failed. */
class OutageTest {

    private final TestClock clock = new TestClock();
    private final TestDatabase database = TestDatabase.h2();
    private final PauseNotes notes = TestPauses.notes(database.dataSource(), clock);
    private final Outage outage = new Outage(notes, clock);

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private static HttpOperationFailedException answer(int status, Map<String, String> headers) {
        return new HttpOperationFailedException("/contacts", status, "", null, headers, null);
    }

    private void fails(Exception failure) {
        outage.enter();
        outage.failed(failure);
    }

    private void assertLeftAlone(String reason) {
        assertThatThrownBy(outage::enter).isInstanceOf(HeldBack.class).hasMessage(reason);
    }

    private Duration delay() {
        try {
            outage.enter();
        } catch (HeldBack held) {
            return held.delay();
        }
        throw new AssertionError("Dataverse may be asked");
    }

    @Test
    void nobodyAsksBeforeTheTimeThatDataverseNamed() {
        fails(answer(429, Map.of("Retry-After", "60")));

        clock.advance(Duration.ofSeconds(59));
        assertLeftAlone("Dataverse asked for a pause");
        assertThat(delay()).isEqualTo(Duration.ofMillis(14_750));
        clock.advance(Duration.ofSeconds(1));

        assertThatCode(outage::enter).doesNotThrowAnyException();
    }

    @Test
    void afterThatOneCallerAsksForAll() {
        fails(answer(403, Map.of()));
        clock.advance(Duration.ofSeconds(5));

        outage.enter();

        assertLeftAlone("Dataverse does not give contacts: HTTP 403");
        outage.answered();
        assertThatCode(outage::enter).doesNotThrowAnyException();
        assertThatCode(outage::enter).doesNotThrowAnyException();
    }

    @Test
    void itIsAskedEverMoreSeldomAndAfterManyFailuresAtOnceAsAfterOne() {
        outage.enter();
        outage.enter();
        outage.failed(new IOException());
        outage.failed(new IOException());
        assertThat(delay()).isEqualTo(Duration.ofSeconds(5));

        clock.advance(Duration.ofSeconds(5));
        fails(new IOException());

        assertThat(delay()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whoWaitsComesAgainAfterAQuarterOfTheOutageAndAfterFiveMinutesAtMost() {
        fails(new IOException());
        clock.advance(Duration.ofMinutes(8));
        outage.enter();
        assertThat(delay()).isEqualTo(Duration.ofMinutes(2));

        clock.advance(Duration.ofHours(8));
        assertThat(delay()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void anAnswerToWhatWasAskedBeforeEndsNothing() {
        outage.enter();
        fails(answer(429, Map.of("Retry-After", "60")));

        outage.answered();

        assertLeftAlone("Dataverse asked for a pause");
    }

    @Test
    void theOutageIsNotedUntilDataverseAnswers() {
        fails(answer(400, Map.of()));
        assertThat(notes.all()).singleElement().satisfies(pausing -> {
            assertThat(pausing.destination()).isEqualTo(PauseNotes.CONTACTS);
            assertThat(pausing.since()).isEqualTo(clock.instant());
            assertThat(pausing.reason()).isEqualTo("Dataverse does not give contacts: HTTP 400");
        });

        clock.advance(Duration.ofSeconds(5));
        outage.enter();
        outage.answered();

        assertThat(notes.all()).isEmpty();
    }
}
