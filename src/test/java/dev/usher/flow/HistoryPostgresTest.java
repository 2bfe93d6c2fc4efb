package dev.usher.flow;

import dev.usher.watermark.TestDatabase;

class HistoryPostgresTest extends HistoryContract {

    @Override
    TestDatabase database() {
        return TestDatabase.postgres();
    }
}
