package dev.usher.console;

import dev.usher.flow.FlowFigures;
import dev.usher.flow.Level;
import dev.usher.flow.SourceFigures;
import dev.usher.flow.StationFigures;
import dev.usher.flow.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The flow as boxes and lines with their places: for a window beside each other, for a phone below each other. All numbers
 * are units of the picture, which are about pixels.
 */
record Picture(String kind, int width, int height, List<Box> boxes, List<Line> lines) {

    private static final int HEIGHT = 84;
    private static final int GAP = 12;
    private static final int COLUMN = 300;
    private static final int LAST_COLUMN = 400;
    private static final int BETWEEN = 90;
    private static final int PHONE = 344;
    private static final int STEP = 30;

    /**
     * @param look {@code good}, {@code warn}, {@code bad} or {@code off}
     * @param first the line below the title
     * @param second the line below that
     */
    record Box(
            int x,
            int y,
            int width,
            int height,
            String title,
            String state,
            String look,
            String first,
            String second,
            @Nullable Spark spark) {

        private Box at(int newX, int newY, int newWidth) {
            return new Box(newX, newY, newWidth, height, title, state, look, first, second, spark);
        }
    }

    /** @param look {@code busy} while something comes this way, {@code rest}, or {@code off} */
    record Line(String path, String look) {}

    static Picture wide(FlowFigures flow) {
        var sources = sources(flow);
        var destinations = destinations(flow);
        int height = Math.max(sources.size(), destinations.size()) * (HEIGHT + GAP) - GAP;
        var boxes = new ArrayList<Box>();
        var lines = new ArrayList<Line>();
        int routerX = COLUMN + BETWEEN;
        int middle = height / 2;
        int y = middle - (sources.size() * (HEIGHT + GAP) - GAP) / 2;
        boolean routes = flow.router().perMinute() > 0;
        for (var source : sources) {
            boxes.add(source.at(0, y, COLUMN));
            lines.add(curve(COLUMN, y + HEIGHT / 2, routerX, middle, look(source, routes)));
            y += HEIGHT + GAP;
        }
        boxes.add(router(flow).at(routerX, middle - HEIGHT / 2, COLUMN));
        y = 0;
        int x = routerX + COLUMN + BETWEEN;
        for (int i = 0; i < destinations.size(); i++) {
            var box = destinations.get(i);
            boxes.add(box.at(x, y, LAST_COLUMN));
            boolean busy = flow.destinations().get(i).perMinute() > 0;
            lines.add(curve(routerX + COLUMN, middle, x, y + HEIGHT / 2, look(box, busy)));
            y += HEIGHT + GAP;
        }
        return new Picture("wide", x + LAST_COLUMN, height, boxes, lines);
    }

    static Picture tall(FlowFigures flow) {
        var boxes = new ArrayList<Box>();
        var lines = new ArrayList<Line>();
        boolean routes = flow.router().perMinute() > 0;
        int y = 0;
        for (var source : sources(flow)) {
            boxes.add(source.at(0, y, PHONE));
            y += HEIGHT + GAP;
        }
        y = arrow(lines, y, routes);
        boxes.add(router(flow).at(0, y, PHONE));
        y = arrow(lines, y + HEIGHT + GAP, routes);
        for (var destination : destinations(flow)) {
            boxes.add(destination.at(0, y, PHONE));
            y += HEIGHT + GAP;
        }
        return new Picture("tall", PHONE, y - GAP, boxes, lines);
    }

    private static int arrow(List<Line> lines, int y, boolean busy) {
        int x = PHONE / 2;
        int from = y - GAP + 2;
        int to = y - GAP + STEP;
        lines.add(new Line(
                "M" + x + "," + from + " V" + to + " M" + (x - 7) + "," + (to - 7) + " L" + x + "," + to + " L"
                        + (x + 7) + "," + (to - 7),
                busy ? "busy" : "rest"));
        return to + 2;
    }

    private static Line curve(int fromX, int fromY, int toX, int toY, String look) {
        int half = (fromX + toX) / 2;
        return new Line(
                "M" + fromX + "," + fromY + " C" + half + "," + fromY + " " + half + "," + toY + " " + toX + "," + toY,
                look);
    }

    private static String look(Box box, boolean busy) {
        return box.look().equals("off") || box.look().equals("bad") ? box.look() : busy ? "busy" : "rest";
    }

    private static List<Box> sources(FlowFigures flow) {
        return flow.sources().stream().map(source -> source(source, flow.at())).toList();
    }

    private static Box source(SourceFigures source, Instant now) {
        var polledAt = source.polledAt();
        var newest = source.newest();
        boolean listens = source.state().equals("listening");
        var first = !source.on()
                ? ""
                : polledAt == null
                        ? listens ? "no call since the start" : "not read yet"
                        : (listens ? "last call " : "last read ") + Words.age(polledAt, now) + " ago";
        var second = newest == null || !source.on() ? "" : "newest record " + Words.age(newest, now) + " old";
        return new Box(
                0,
                0,
                0,
                HEIGHT,
                source.title(),
                source.state(),
                look(source.level(), source.on()),
                first,
                second,
                null);
    }

    private static Box router(FlowFigures flow) {
        return station(flow.router(), "Router", flow.at());
    }

    private static List<Box> destinations(FlowFigures flow) {
        return flow.destinations().stream()
                .map(station -> station(station, station.name(), flow.at()))
                .toList();
    }

    private static Box station(StationFigures station, String title, Instant now) {
        return new Box(
                0,
                0,
                0,
                HEIGHT,
                title,
                station.parked() > 0 ? station.state() + ", " + station.parked() + " parked" : station.state(),
                look(station.parked() > 0 ? Level.BAD : station.level(), station.on()),
                station.on() ? rate(station) : "",
                station.on() ? second(station, now) : "",
                station.on() ? Spark.of(station.settled(), station.failed()) : null);
    }

    private static String rate(StationFigures station) {
        var waiting = station.waiting();
        return Words.rate(station.perMinute()) + " / min"
                + (waiting == null ? "" : String.format(Locale.ROOT, " · %,d waiting", waiting));
    }

    private static String second(StationFigures station, Instant now) {
        var until = station.pausedUntil();
        if (until != null) {
            return "paused until " + Words.clock(until);
        }
        var since = station.failingSince();
        if (since != null) {
            return "failing since " + Words.clock(since);
        }
        var oldest = station.oldest();
        return oldest != null
                ? "next waits for " + Words.age(oldest, now)
                : String.format(Locale.ROOT, "%,d in the last hour", station.lastHour());
    }

    private static String look(Level level, boolean on) {
        return on ? level.word() : "off";
    }
}
