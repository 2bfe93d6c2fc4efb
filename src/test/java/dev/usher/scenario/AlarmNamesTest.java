package dev.usher.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.alert.Alarm;
import dev.usher.alert.Alarms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The alarms that there are, and those that docs/operations.md explains. That each can be raised shows {@link EveryAlarmTest}. */
@ExtendWith(RunningUsher.class)
class AlarmNamesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^[|] `([a-z-]+)(?::[^`]+)?` [|]");

    /** The names of the alarms that are watched now, by the bean that gives them. */
    static Map<String, List<String>> byBean(Product product) {
        var usher = product.contexts().get(0);
        var names = new TreeMap<String, List<String>>();
        usher.getBeansOfType(Alarm.class).forEach((bean, alarm) -> names.put(bean, List.of(alarm.name())));
        usher.getBeansOfType(Alarms.class)
                .forEach((bean, alarms) ->
                        names.put(bean, alarms.each().stream().map(Alarm::name).toList()));
        return names;
    }

    /** What stands before the colon. */
    static String kind(String name) {
        return name.replaceAll(":.*", "");
    }

    @Test
    void theManualExplainsEveryAlarmAndNoOther(Product product) throws IOException {
        var manual = Files.readString(Path.of("docs/operations.md"));
        int begin = manual.indexOf("## What each alert means");
        var section = manual.substring(begin, manual.indexOf("\n## ", begin + 1));
        Set<String> explained = new TreeSet<>();
        ROW.matcher(section).results().forEach(row -> explained.add(row.group(1)));

        var kinds = new TreeSet<String>();
        byBean(product).values().forEach(names -> names.forEach(name -> kinds.add(kind(name))));

        assertThat(explained)
                .as("kinds of alarm in the first column of docs/operations.md, What each alert means: edit that table")
                .isEqualTo(kinds);
    }
}
