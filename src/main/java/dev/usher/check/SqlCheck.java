package dev.usher.check;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every statement in a .sql file takes values only by {@code :#name}, and compiles. H2 compiles it, on tables and columns
 * that are made as the statement asks for them. A file that names a database ({@code upsert.postgresql.sql}) is in a
 * dialect that only this database knows: the doctor compiles it there.
 */
final class SqlCheck implements Check {

    private static final Pattern PARAMETER = Pattern.compile(":#(\\$\\{[^}]*}|[\\w.:-]+)?");
    private static final Pattern DIALECT = Pattern.compile(".+\\.(?!h2\\.)[a-z0-9]+\\.sql");
    private static final Pattern TABLE = Pattern.compile("Table \"([^\"]+)\" not found");
    private static final Pattern COLUMN = Pattern.compile("Column \"([^\"]+)\" not found");
    private static final Pattern TABLES =
            Pattern.compile("(?i)\\b(?:into|from|update|join)\\s+(\\w+)(?:\\s+(?:as\\s+)?(\\w+))?");
    private static final int NO_TABLE = 42102;
    private static final int NO_TABLES_AT_ALL = 42104;
    private static final int NO_COLUMN = 42122;
    private static final int MOST_COLUMNS = 500;

    @Override
    public List<Finding> findings(Project project) {
        var findings = new ArrayList<Finding>();
        for (String file : project.filesIn("routes/", ".sql")) {
            check(file, project.text(file), findings);
        }
        return findings;
    }

    private static void check(String file, String text, List<Finding> findings) {
        String bare = PARAMETER.matcher(text).replaceAll("?");
        Matcher parameter = PARAMETER.matcher(text);
        while (parameter.find()) {
            if (parameter.group(1) == null) {
                findings.add(new Finding(file, line(text, parameter.start()), "':#' names no value", "write :#name"));
            }
        }
        int glued = bare.indexOf("${");
        if (glued >= 0) {
            findings.add(new Finding(
                    file, line(bare, glued), "message text is put into the statement", "take the value by :#name"));
        } else if (!DIALECT.matcher(file).matches()) {
            fault(bare).ifPresent(fault -> findings.add(finding(file, bare, fault)));
        }
    }

    private static Finding finding(String file, String statement, String fault) {
        int marker = fault.indexOf("[*]");
        int begin = fault.indexOf(statement.lines().findFirst().orElse("").replaceFirst("\\W.*", ""));
        int line = marker < 0 || begin < 0 ? 1 : line(fault.substring(begin), marker - begin);
        return new Finding(
                file,
                line,
                "the SQL does not compile: " + near(fault, marker),
                "correct it there; if only one database understands it, name that in the file's name, such as"
                        + " upsert.postgresql.sql");
    }

    /** What stands at the place that H2 marks. */
    private static String near(String fault, int marker) {
        if (marker < 0) {
            return fault.lines().findFirst().orElse("").replaceFirst("; SQL statement:.*", "");
        }
        String after = fault.substring(marker + 3).lines().findFirst().orElse("");
        String words = after.replaceFirst("\"?;? *(SQL statement:.*)?$", "").strip();
        return words.isEmpty() ? "something is missing at its end" : "near '" + words + "'";
    }

    /** The first fault in H2's words; tables and columns that are missing are made until none is. */
    private static Optional<String> fault(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:;MODE=PostgreSQL")) {
            for (int i = 0; i < MOST_COLUMNS; i++) {
                try (var compiled = connection.prepareStatement(statement)) {
                    return Optional.empty();
                } catch (SQLException e) {
                    if (!madeWhatIsMissing(connection, statement, e)) {
                        return Optional.of(String.valueOf(e.getMessage()).replace("\\000a", "\n"));
                    }
                }
            }
            return Optional.empty();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot open the database in memory that compiles statements", e);
        }
    }

    private static boolean madeWhatIsMissing(Connection connection, String statement, SQLException fault) {
        String message = String.valueOf(fault.getMessage());
        try (var making = connection.createStatement()) {
            Matcher missing = TABLE.matcher(message);
            if ((fault.getErrorCode() == NO_TABLE || fault.getErrorCode() == NO_TABLES_AT_ALL) && missing.find()) {
                making.execute("create table " + missing.group(1) + " (made_for_the_check int)");
                return true;
            }
            Matcher column = COLUMN.matcher(message);
            if (fault.getErrorCode() != NO_COLUMN || !column.find()) {
                return false;
            }
            String name = column.group(1).replaceFirst("^.*\\.", "");
            String owner = column.group(1).contains(".") ? column.group(1).replaceFirst("\\..*", "") : "";
            String table = tableOf(statement, owner);
            return !table.isEmpty() && making.executeUpdate("alter table " + table + " add " + name + " varchar") >= 0;
        } catch (SQLException e) {
            return false;
        }
    }

    /** The table that a column's owner, a table or its other name, stands for; without an owner the first one. */
    private static String tableOf(String statement, String owner) {
        Matcher tables = TABLES.matcher(statement);
        String first = "";
        while (tables.find()) {
            boolean isOwner = owner.equalsIgnoreCase(tables.group(1)) || owner.equalsIgnoreCase(tables.group(2));
            if (isOwner) {
                return tables.group(1);
            }
            first = first.isEmpty() ? tables.group(1) : first;
        }
        return first;
    }

    private static int line(String text, int at) {
        return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
