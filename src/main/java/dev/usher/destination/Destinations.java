package dev.usher.destination;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The destinations found as folders under {@code routes/destinations}. Reading them checks them: a folder without
 * configuration, configuration without a folder, a missing route file and jq that does not compile are all gathered and
 * stop the start.
 */
@Component
public final class Destinations {

    /** The name under which the router repeats and parks; it is no folder. */
    public static final String ROUTER = "router";

    /** The destination that is the directory itself; other destinations' ids are written to its users. */
    public static final String DIRECTORY = "entra";

    private static final Bindable<List<Map<String, String>>> RULES = Bindable.of(ResolvableType.forClassWithGenerics(
            List.class, ResolvableType.forClassWithGenerics(Map.class, String.class, String.class)));

    private final Map<String, Destination> byName;

    Destinations(UsherSettings settings, Environment environment) {
        var problems = new ArrayList<Problem>(settings.problems());
        this.byName = Map.copyOf(read(settings, environment, problems));
        var placeholders = new Placeholders(environment);
        all().stream()
                .filter(destination -> destination.settings().enabled())
                .map(destination -> Path.of(settings.routes(), "destinations", destination.name()))
                .forEach(folder -> {
                    problems.addAll(placeholders.unset(folder));
                    problems.addAll(Words.problems(folder, environment));
                });
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
    }

    /**
     * What is wrong with them, without making anything.
     *
     * @throws org.springframework.boot.context.properties.bind.BindException when a value is not of its kind
     */
    public static List<Problem> problems(Environment environment) {
        try {
            var settings = Binder.get(environment).bindOrCreate("usher", UsherSettings.class);
            new Destinations(settings, environment);
            return List.of();
        } catch (ConfigurationProblems found) {
            return found.problems();
        }
    }

    /**
     * The destination of this name; {@link #ROUTER} counts as one.
     *
     * @throws IllegalArgumentException when there is no such folder
     */
    public Destination get(String name) {
        var destination = byName.get(name);
        if (destination == null) {
            throw new IllegalArgumentException("there is no destination \"" + name + "\" under routes/destinations");
        }
        return destination;
    }

    /** All destinations by name, without the router, also those switched off. */
    public List<Destination> all() {
        return byName.values().stream()
                .filter(destination -> !destination.name().equals(ROUTER))
                .sorted(java.util.Comparator.comparing(Destination::name))
                .toList();
    }

    private static Map<String, Destination> read(
            UsherSettings settings, Environment environment, List<Problem> problems) {
        var root = Path.of(settings.routes(), "destinations");
        var scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        var found = new HashMap<String, Destination>();
        for (var folder : folders(root, problems)) {
            var name = folder.getFileName().toString();
            var delivery = settings.destinations().get(name);
            if (delivery == null) {
                problems.add(new Problem(
                        folder.toString(),
                        "the destination has no configuration",
                        "add usher.destinations." + name + " to config/destinations.yaml"));
                continue;
            }
            for (var other : delivery.settleFor()) {
                if (!settings.destinations().containsKey(other)) {
                    problems.add(new Problem(
                            "usher.destinations." + name + ".settle-for",
                            "names " + other + ", which is no destination",
                            "name destinations whose routes tell the directory their id, such as stripe"));
                }
            }
            if (!Files.exists(folder.resolve("deliver-" + name + ".camel.yaml"))) {
                problems.add(new Problem(
                        folder.toString(),
                        "the destination has no route",
                        "add the file deliver-" + name + ".camel.yaml"));
            }
            var queries = compiled(folder, problems);
            var leaving = Leaving.read(folder, delivery, problems);
            found.put(
                    name,
                    new Destination(
                            name,
                            delivery,
                            version(folder, rules(environment, name), leaving),
                            leaving,
                            queries.get("answers.jq"),
                            scope));
        }
        for (var name : settings.destinations().keySet()) {
            if (!Files.isDirectory(root.resolve(name))) {
                problems.add(new Problem(
                        "usher.destinations." + name,
                        "there is no folder " + root.resolve(name),
                        "add the folder with its route, or remove the key"));
            }
        }
        var routerFolder = Path.of(settings.routes(), ROUTER);
        var routerQueries = compiled(routerFolder, problems);
        found.put(
                ROUTER,
                new Destination(
                        ROUTER,
                        settings.router(),
                        version(routerFolder, "", Leaving.MARKS),
                        Leaving.MARKS,
                        routerQueries.get("answers.jq"),
                        scope));
        return found;
    }

    private static List<Path> folders(Path root, List<Problem> problems) {
        try (var entries = Files.list(root)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            problems.add(new Problem(
                    root.toAbsolutePath().toString(),
                    "the folder cannot be read",
                    "start in the folder that holds routes/ and config/, or set usher.routes"));
            return List.of();
        }
    }

    private static List<Path> jqFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jq"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, JsonQuery> compiled(Path folder, List<Problem> problems) {
        var queries = new TreeMap<String, JsonQuery>();
        for (var file : jqFiles(folder)) {
            try {
                queries.put(file.getFileName().toString(), JsonQuery.compile(Files.readString(file), Versions.JQ_1_6));
            } catch (JsonQueryException e) {
                problems.add(new Problem(file.toString(), "the jq does not compile: " + firstLine(e), "mend the file"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return queries;
    }

    private static String firstLine(JsonQueryException e) {
        @Nullable String message = e.getMessage();
        return message == null ? "no detail" : message.lines().findFirst().orElse("no detail");
    }

    /** Rules in the configuration belong to the mapping: another rule is another version. Empty when there are none. */
    private static String rules(Environment environment, String name) {
        return Binder.get(environment)
                .bind("usher.destinations." + name + ".rules", RULES)
                .map(rules -> rules.isEmpty() ? null : rules)
                .map(rules -> rules.stream().map(TreeMap::new).toList().toString())
                .orElse("");
    }

    private static String version(Path folder, String rules, Leaving leaving) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : jqFiles(folder)) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            digest.update(rules.getBytes(StandardCharsets.UTF_8));
            digest.update(leaving.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("cannot hash the files in " + folder, e);
        }
    }
}
