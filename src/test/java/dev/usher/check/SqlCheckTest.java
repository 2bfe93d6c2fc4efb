package dev.usher.check;

import org.junit.jupiter.api.Test;

class SqlCheckTest extends Spoiled {

    SqlCheckTest() {
        super(new SqlCheck());
    }

    @Test
    void aMisspeltWordIsFoundOnItsLine() {
        sample.write(Sample.STATEMENT, "update customer\n   set name = :#name\n wehre id = :#id\n");

        isFound(Sample.STATEMENT, "wehre", "the SQL does not compile: near 'wehre", "name that in the file's name");
    }

    @Test
    void anUnclosedTextIsFound() {
        sample.write(Sample.STATEMENT, "insert into customer (id, kind) values (:#id, 'new)\n");

        isFound(Sample.STATEMENT, "insert", "the SQL does not compile", "correct it there");
    }

    @Test
    void aColumnThatIsThereTwiceIsFound() {
        sample.write(Sample.STATEMENT, "insert into customer (id, id) values (:#id, :#id)\n");

        isFound(Sample.STATEMENT, "insert", "the SQL does not compile", "correct it there");
    }

    @Test
    void messageTextInAStatementIsFound() {
        sample.write(Sample.STATEMENT, "delete from customer\n where id = '${body}'\n");

        isFound(Sample.STATEMENT, "${body}", "message text is put into the statement", ":#name");
    }

    @Test
    void aNamelessValueIsFound() {
        sample.write(Sample.STATEMENT, "delete from customer where id = :# \n");

        isFound(Sample.STATEMENT, "delete", "':#' names no value", ":#name");
    }

    @Test
    void aDialectIsLeftToItsDatabase() {
        sample.write(
                "routes/destinations/acme/upsert.postgresql.sql",
                "insert into customer (id) values (:#id) on conflict (id) do update set id = excluded.id\n");

        nothingIsFound();
    }

    @Test
    void tablesAndColumnsAreTakenAsTheyAreNamed() {
        sample.write(
                Sample.STATEMENT,
                "select c.id, c.name, o.total from customer as c join orders as o on o.id = c.id"
                        + " where c.id = :#${variable.subject}\n");

        nothingIsFound();
    }
}
