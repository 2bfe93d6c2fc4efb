package dev.usher.console;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small chart of an hour by the minute, as paths of SVG in a field of {@link #WIDTH} by {@link #HEIGHT}: what was settled is
 * an area below a line, what failed are bars. Both have one scale.
 *
 * @param most the highest of all minutes
 */
record Spark(String line, String area, String bars, int most) {

    static final int WIDTH = 118;
    static final int HEIGHT = 36;

    static Spark of(List<Integer> settled, List<Integer> failed) {
        int most = Math.max(highest(settled), highest(failed));
        var line = IntStream.range(0, settled.size())
                .mapToObj(minute -> x(minute) + "," + y(settled.get(minute), most))
                .collect(Collectors.joining(" L", "M", ""));
        var bars = IntStream.range(0, failed.size())
                .filter(minute -> failed.get(minute) > 0)
                .mapToObj(minute -> "M" + x(minute) + "," + HEIGHT + " V" + y(failed.get(minute), most))
                .collect(Collectors.joining(" "));
        return new Spark(line, line + " L" + WIDTH + "," + HEIGHT + " L0," + HEIGHT + " Z", bars, most);
    }

    private static int highest(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static String x(int minute) {
        return String.valueOf(minute * 2);
    }

    private static String y(int value, int most) {
        return most == 0
                ? String.valueOf(HEIGHT - 1)
                : String.format(Locale.ROOT, "%.1f", HEIGHT - 1 - (HEIGHT - 3.0) * value / most);
    }
}
