package dev.usher.alert;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The words of the mails about parked deliveries: counts by destination and reason, object ids, times, what to do. */
final class ParkedMail {

    private static final int MOST_GROUPS = 15;
    private static final int MOST_IN_GROUP = 10;

    private ParkedMail() {}

    static Sighting allClear() {
        return new Sighting(
                false,
                List.of(),
                "Usher: all clear, no delivery is parked",
                "Every parked delivery was replayed or dismissed, or is no longer needed. Nothing is to be done.\n");
    }

    /**
     * @param news those not told yet; may be none
     * @param open how many there are in all
     */
    static Sighting of(List<Parked> news, long open) {
        Map<String, Long> destinations =
                news.stream().collect(Collectors.groupingBy(Parked::destination, TreeMap::new, Collectors.counting()));
        var counts = destinations.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        var subject = "Usher: " + deliveries(news.isEmpty() ? open : news.size()) + " parked"
                + (counts.isEmpty() ? "" : ": " + counts);
        return new Sighting(true, news.stream().map(Parked::id).toList(), plain(subject, 200), text(news, open));
    }

    private static String deliveries(long count) {
        return count == 1 ? "1 delivery" : count + " deliveries";
    }

    private static String text(List<Parked> news, long open) {
        Map<String, List<Parked>> groups = new TreeMap<>(news.stream()
                .collect(Collectors.groupingBy(parked -> parked.destination() + ": " + plain(parked.reason(), 255))));
        List<String> lines = new ArrayList<>();
        lines.add(deliveries(news.size()) + " given up since the last mail, " + open
                + " parked in all. By destination and reason:");
        groups.entrySet().stream()
                .sorted(Comparator.comparing(group -> -group.getValue().size()))
                .limit(MOST_GROUPS)
                .forEach(group -> group(group.getKey(), group.getValue(), lines));
        if (groups.size() > MOST_GROUPS) {
            lines.add("");
            lines.add("and " + (groups.size() - MOST_GROUPS) + " more reasons; all are in the console");
        }
        lines.add("");
        lines.add("What to do: mend the cause that the reason names, then replay what is still wanted and dismiss the"
                + " rest: in the console under Dead letters, or by the command replay. Nothing is lost: a parked delivery is kept until then. Other users and other destinations"
                + " do not wait for it, and a later change of the same user is delivered as usual.");
        return String.join("\n", lines) + "\n";
    }

    private static void group(String title, List<Parked> group, List<String> lines) {
        lines.add("");
        lines.add(title + " (" + group.size() + ")");
        lines.add("  first " + time(group.get(0)) + ", last " + time(group.get(group.size() - 1)));
        group.stream().limit(MOST_IN_GROUP).forEach(parked -> lines.add("  " + plain(parked.about(), 80)));
        if (group.size() > MOST_IN_GROUP) {
            lines.add("  and " + (group.size() - MOST_IN_GROUP) + " more");
        }
    }

    private static String time(Parked parked) {
        return Instant.ofEpochMilli(parked.at()).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** One line, whatever a vendor's answer put into a reason. */
    private static String plain(String text, int most) {
        var line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }
}
