package dev.usher.deadletter;

import dev.usher.watermark.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class LettersPostgresTest extends LettersContract {

    private static TestDatabase database;

    @BeforeAll
    static void start() {
        database = TestDatabase.postgres();
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
