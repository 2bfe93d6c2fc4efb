package dev.usher.scenario;

/**
 * One thing that happens.
 *
 * @param where file and line, for messages
 */
record Step(String where, String word, Action action) {

    @FunctionalInterface
    interface Action {
        void on(Stage stage) throws Exception;
    }

    void on(Stage stage) {
        try {
            action.on(stage);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(where + ": " + word + ": " + e.getMessage(), e);
        }
    }
}
