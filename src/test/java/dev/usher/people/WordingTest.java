package dev.usher.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.projection.DeliveryRow;
import dev.usher.projection.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the lines of a log read. */
class WordingTest {

    private static final long NOON = 1_772_449_200_000L; // 2026-03-02 11:00:00 UTC

    private static String text(String destination, String event, Outcome outcome, String reason, String remoteId) {
        return Wording.text(new LogRow(
                1,
                new DeliveryRow(
                        NOON,
                        "ada",
                        destination,
                        event,
                        "user.updated",
                        (NOON - 65_000) * 1000,
                        outcome,
                        reason,
                        remoteId,
                        null,
                        3,
                        1_250,
                        NOON - 400,
                        outcome == Outcome.RETRYING ? NOON + 1_000 : null,
                        null)));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "stripe; a1; CREATED; -; cus_1; Stripe took it as cus_1 after 1.2 s, 1 min after the change, which was seen after 1 min.",
                "stripe; a1; UPDATED; hand-edited; cus_1; Stripe changed cus_1 within 1.2 s, 1 min after the change, which was seen after 1 min: hand-edited.",
                "sql; a1; UNCHANGED; -; u; Nothing was sent to SQL: it holds this already.",
                "sql; a1; STALE; -; -; Nothing was sent to SQL: it holds something newer than this change.",
                "entra; a1; SUPERSEDED; -; -; Nothing was sent to the directory: a newer change was already on its way.",
                "mailchimp; a1; SKIPPED; no marketing consent; -; Not sent to Mailchimp: no marketing consent.",
                "sql; a1; RETRYING; HTTP 503; -; 'Not done yet at SQL (try 3, 1.2 s): HTTP 503. The next try comes at 2026-03-02 11:00:01 UTC or later.'",
                "stripe; a1; PARKED; HTTP 400; -; Given up at Stripe after try 3: HTTP 400. It waits as a dead letter.",
                "router; a1; STALE; -; -; 'The change was older than what was routed already, so nothing was sent.'",
                "router; a1; PARKED; no such user; -; The change was given up before it was routed: no such user. It waits as a dead letter.",
                "router; operator-1; SKIPPED; the directory has no such user; -; The order to synchronise ended in the router: the directory has no such user.",
                "stripe; operator-1; CREATED; -; cus_1; 'Stripe took it as cus_1 after 1.2 s, 400 ms after it was asked for.'",
                "stripe; 7/ada; UNCHANGED; -; cus_1; Nothing was sent to Stripe: it holds this already.",
            })
    void everyOutcomeIsASentence(
            String destination, String event, Outcome outcome, String reason, String remoteId, String words) {
        assertThat(text(destination, event, outcome, reason, remoteId)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 ms",
        "999,999 ms",
        "1000,1.0 s",
        "59999,59.9 s",
        "60000,1 min",
        "7260000,2 h 1 min",
        "97200000,1 d 3 h"
    })
    void lengthsOfTimeAreShort(long millis, String words) {
        assertThat(Wording.of(millis)).isEqualTo(words);
    }

    @Test
    void aReconciliationIsNoChange() {
        assertThat(Wording.event(new LogRow(
                        1,
                        new DeliveryRow(
                                1, "a", "sql", "12/a", "user.updated", 1, Outcome.CREATED, null, null, null, 1, 1))))
                .isEqualTo("reconciliation");
    }
}
