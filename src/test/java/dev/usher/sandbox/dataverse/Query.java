package dev.usher.sandbox.dataverse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.sandbox.odata.ODataFilter;
import dev.usher.sandbox.odata.ODataFilter.Condition;
import dev.usher.sandbox.server.Json;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The system query options over one table. Every method refuses with 400 what the table does not have. */
final class Query {
    private static final Set<String> KNOWN =
            Set.of("$select", "$filter", "$orderby", "$top", "$expand", "$count", "$skiptoken", "$deltatoken", "tag");
    private static final Set<String> TIMES = Set.of("eq", "ne", "ge", "gt", "le", "lt", "eq null", "ne null");
    private static final Set<String> OTHERS = Set.of("eq", "ne", "in", "eq null", "ne null");
    private static final Pattern EXPAND = Pattern.compile("(\\w+)(?:\\(\\$select=([\\w,]+)\\))?");

    private final Organization organization;
    private final Table table;
    private final Map<String, String> options;

    Query(Organization organization, Table table, Map<String, String> options) {
        this.organization = organization;
        this.table = table;
        this.options = options;
        for (String option : options.keySet()) {
            if (!KNOWN.contains(option)) {
                throw DataverseErrors.badRequest("The query parameter " + option + " is not supported.");
            }
        }
        selected(table, options.get("$select")); // an unknown column is refused, whether or not there are rows
    }

    /** Rows that match, in the order asked for, or else of their creation. */
    List<Row> matches() {
        Condition condition = condition();
        if (condition == null) {
            return ordered(organization.rows(table).all());
        }
        return ordered(candidates(condition).stream()
                .filter(row -> condition.holds(member -> value(row, member)))
                .toList());
    }

    private Collection<Row> candidates(Condition condition) {
        for (String member : table.indexed()) {
            List<String> values = condition.oneOf(member);
            if (values != null) {
                return organization.rows(table).having(member, values);
            }
        }
        return organization.rows(table).all();
    }

    private @Nullable Condition condition() {
        String filter = options.get("$filter");
        try {
            return filter == null ? null : ODataFilter.parse(filter, this::allowed);
        } catch (IllegalArgumentException e) {
            throw DataverseErrors.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private boolean allowed(String property, String operator) {
        int slash = property.indexOf('/');
        Table owner = slash < 0 ? table : target(property.substring(0, slash));
        String member = checked(owner, property.substring(slash + 1));
        Column column = owner.columns().get(member);
        if (Row.isTime(owner, member)) {
            return TIMES.contains(operator);
        }
        return OTHERS.contains(operator) || operator.equals("startswith") && column.type() == Column.Type.TEXT;
    }

    private @Nullable Object value(Row row, String property) {
        int slash = property.indexOf('/');
        if (slash < 0) {
            return row.filtered(property);
        }
        Row target = follow(row, property.substring(0, slash));
        return target == null ? null : target.filtered(property.substring(slash + 1));
    }

    private @Nullable Row follow(Row row, String navigation) {
        String id = row.text("_" + navigation + "_value");
        return id == null ? null : organization.rows(target(navigation)).get(id);
    }

    private Table target(String navigation) {
        return table.lookup(navigation)
                .map(column -> Tables.BY_SET.get(column.table()))
                .orElseThrow(() -> unknown(table, navigation));
    }

    private List<Row> ordered(Collection<Row> rows) {
        String order = options.get("$orderby");
        if (order == null) {
            return List.copyOf(rows);
        }
        Comparator<Row> comparator = null;
        for (String part : order.split(",")) {
            String[] words = part.strip().split(" +");
            String member = checked(table, words[0]);
            Comparator<Row> one =
                    Comparator.comparing(row -> row.text(member), Comparator.nullsFirst(String.CASE_INSENSITIVE_ORDER));
            one = words.length > 1 && words[1].equals("desc") ? one.reversed() : one;
            comparator = comparator == null ? one : comparator.thenComparing(one);
        }
        return rows.stream().sorted(comparator).toList();
    }

    /** The row with the columns of $select and the row $expand leads to. */
    ObjectNode shown(Row row) {
        ObjectNode shown = row.shown(selected(table, options.get("$select")));
        String expand = options.get("$expand");
        if (expand != null) {
            Matcher parts = EXPAND.matcher(expand);
            if (!parts.matches()) {
                throw DataverseErrors.badRequest("The $expand '" + expand + "' is not understood.");
            }
            Table target = target(parts.group(1));
            List<String> members = selected(target, parts.group(2));
            Row expanded = follow(row, parts.group(1));
            shown.set(parts.group(1), expanded == null ? shown.nullNode() : expanded.shown(members));
        }
        return shown;
    }

    private static @Nullable List<String> selected(Table owner, @Nullable String select) {
        return select == null
                ? null
                : Arrays.stream(select.split(","))
                        .map(member -> checked(owner, member.strip()))
                        .toList();
    }

    /** At most so many rows; null for all. */
    @Nullable
    Integer top() {
        String top = options.get("$top");
        if (top == null) {
            return null;
        }
        if (!top.matches("\\d{1,6}") || top.matches("0+")) {
            throw DataverseErrors.badRequest("Invalid value '" + top + "' for $top.");
        }
        return Integer.valueOf(top);
    }

    ObjectNode body(String base, String suffix) {
        String select = options.get("$select");
        return Json.object()
                .put(
                        "@odata.context",
                        base + "$metadata#" + table.set() + (select == null ? "" : "(" + select + ")") + suffix);
    }

    private static String checked(Table owner, String member) {
        if (!owner.columns().containsKey(member)) {
            throw unknown(owner, member);
        }
        return member;
    }

    private static Refusal unknown(Table owner, String member) {
        return DataverseErrors.badRequest("Could not find a property named '" + member
                + "' on type 'Microsoft.Dynamics.CRM." + owner.name() + "'.");
    }
}
