package dev.usher.retention;

import dev.usher.watermark.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RetentionH2Test extends RetentionContract {

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.h2();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Override
    DataSource dataSource() {
        return database.dataSource();
    }
}
