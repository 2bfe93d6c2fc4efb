package dev.usher.watermark;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of a store: it runs on H2 and on PostgreSQL. Each time the tables are as in a new installation, and a parameter of type
 * {@code DataSource} of the test, or of what goes before it, is the database.
 */
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(Databases.class)
public @interface EveryDatabase {}
