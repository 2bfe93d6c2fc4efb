package dev.usher.flow;

import dev.usher.watermark.TestDatabase;

class HistoryH2Test extends HistoryContract {

    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
