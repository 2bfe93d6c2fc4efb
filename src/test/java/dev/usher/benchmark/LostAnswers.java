package dev.usher.benchmark;

import java.time.Duration;

/** Stripe does the work and the connection is cut before the answer, for one call in five: still no twin. */
final class LostAnswers {

    private static final int PEOPLE = 200;

    private LostAnswers() {}

    public static void main(String[] arguments) {
        Trial.run("lost-answers", (control, trial) -> {
            control.put("/systems/stripe/faults", "{\"cut\":\"after\",\"share\":0.2}");
            var burst = Burst.of(control, PEOPLE, "lost");
            trial.everybodyArrives(control, burst.emails(), Duration.ofMinutes(4));
            int creates = control.count("stripe", "POST", "/v1/customers$");
            trial.measured(creates + " calls made " + control.records("stripe").size() + " customers of " + PEOPLE
                    + " people");
            trial.aim(creates > PEOPLE, "some answers lost");
        });
    }
}
