package dev.usher.check;

import org.junit.jupiter.api.Test;

class CommentCheckTest extends Spoiled {

    CommentCheckTest() {
        super(new CommentCheck());
    }

    @Test
    void aSettingThatNothingExplainsIsFound() {
        sample.spoil(Sample.SETTINGS, "  # How often a failed call is tried again at once, 0 to 5.\n", "");

        isFound(Sample.SETTINGS, "retries:", "no comment says what usher.retries means", "its unit");
    }
}
