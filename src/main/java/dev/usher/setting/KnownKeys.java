package dev.usher.setting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys under {@code usher.} that somebody reads: the records of settings, {@code @Value}, and the placeholders of
 * routes, kamelets and configuration. In a key, {@code *} stands for any one part and {@code **} for all that follows.
 */
final class KnownKeys {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(?:\\{\\{[?!]?|\\$\\{)(usher\\.[A-Za-z0-9._-]*[A-Za-z0-9])");

    /** Read from the environment, and not by a bean: by {@code dev.usher.backing} and {@code dev.usher.startup}. */
    private static final Set<String> READ_WITHOUT_BEANS = Set.of("usher.patience-at-start", "usher.rehearsal");

    private final Set<String> keys = new TreeSet<>(READ_WITHOUT_BEANS);
    private final Set<String> read = new TreeSet<>();

    /** @param texts whatever may name a setting in a placeholder: routes, kamelets, values of settings */
    KnownKeys(Stream<String> texts) {
        Beans.settings().forEach(type -> {
            var prefix = type.getAnnotation(ConfigurationProperties.class);
            addRecord(prefix.prefix().isEmpty() ? prefix.value() : prefix.prefix(), type);
        });
        Beans.types().forEach(this::addValues);
        addPlaceholders(ofJar());
        read.addAll(keys);
        texts.forEach(this::addPlaceholders);
    }

    private static String ofJar() {
        try (InputStream in = KnownKeys.class.getResourceAsStream("/application.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read application.yaml in the jar", e);
        }
    }

    /** Whether only a placeholder names this key. */
    boolean isOnlyAsked(String key) {
        return keys.contains(key) && !read.contains(key);
    }

    boolean knows(String key) {
        String[] parts = parts(key);
        return keys.contains(key) || keys.stream().anyMatch(known -> fits(known.split("\\."), parts));
    }

    /** The known keys, with the wildcards replaced by what the key has in their place, so that both can be compared. */
    Stream<String> like(String key) {
        String[] parts = parts(key);
        return keys.stream().filter(known -> !known.contains("**")).map(known -> {
            String[] other = known.split("\\.");
            for (int i = 0; i < other.length && i < parts.length; i++) {
                other[i] = other[i].equals("*") ? parts[i] : other[i];
            }
            return String.join(".", other);
        });
    }

    private static String[] parts(String key) {
        return key.replaceAll("\\[\\d+]", ".*").split("\\.");
    }

    private static boolean fits(String[] known, String[] key) {
        for (int i = 0; i < known.length; i++) {
            if (known[i].equals("**")) {
                return true;
            }
            if (i >= key.length || !known[i].equals("*") && !same(known[i], key[i])) {
                return false;
            }
        }
        return known.length == key.length;
    }

    /** Spring reads {@code on-deleted}, {@code onDeleted} and {@code on_deleted} as one name. */
    private static boolean same(String known, String part) {
        return known.replace("-", "").equalsIgnoreCase(part.replaceAll("[-_]", ""));
    }

    private void addRecord(String prefix, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            add(prefix + "." + kebab(component.getName()), component.getGenericType());
        }
    }

    private void add(String key, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            List<Type> inner = List.of(generic.getActualTypeArguments());
            if (Map.class.isAssignableFrom(raw)) {
                addInner(key, inner.get(1));
            } else if (Collection.class.isAssignableFrom(raw)) {
                keys.add(key);
                add(key + ".*", inner.get(0));
            }
        } else if (type instanceof Class<?> settings && settings.isRecord() && isOurs(settings)) {
            addRecord(key, settings);
        } else {
            keys.add(key);
        }
    }

    private void addInner(String key, Type value) {
        boolean isRecord = value instanceof Class<?> type && type.isRecord();
        add(key + (isRecord ? ".*" : ".**"), value);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.usher.");
    }

    private void addValues(Class<?> type) {
        Stream.concat(Stream.of(type.getDeclaredConstructors()), Stream.of(type.getDeclaredMethods()))
                .flatMap(executable -> Stream.of(((Executable) executable).getParameters()))
                .map((Parameter parameter) -> parameter.getAnnotation(Value.class))
                .filter(value -> value != null)
                .forEach(value -> addPlaceholders(value.value()));
    }

    private void addPlaceholders(String text) {
        PLACEHOLDER.matcher(text).results().forEach(match -> keys.add(match.group(1)));
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(java.util.Locale.ROOT);
    }
}
