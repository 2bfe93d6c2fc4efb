package dev.usher.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings that hold without any profile: {@code config/*.yaml} and the {@code application.yaml} in the jar, by flat key. */
record Settings(Map<String, Setting> byKey) {

    private static final Pattern PROFILE = Pattern.compile("application-[a-z0-9-]+\\.ya?ml");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^:}]+:?([^}]*)}");

    /** One setting and where it stands. */
    record Setting(YamlFile file, String key, int line, Tree value) {}

    static Settings of(Project project) {
        var settings = new LinkedHashMap<String, Setting>();
        settings.putAll(ofJar().byKey());
        project.yaml().stream().filter(Settings::holdsAlways).forEach(file -> addAll(file, settings));
        return new Settings(settings);
    }

    static Settings of(YamlFile file) {
        var settings = new LinkedHashMap<String, Setting>();
        addAll(file, settings);
        return new Settings(settings);
    }

    /** Replaces each {@code {{key}}} by its value without any environment variable set, or by {@code x}. */
    String resolve(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(valueOf(match.group(1))));
    }

    private String valueOf(String key) {
        Setting setting = byKey.get(key.replaceFirst("^[?!]", "").replaceFirst(":.*", ""));
        String value =
                setting == null ? "" : VARIABLE.matcher(setting.value().text()).replaceAll("$1");
        return value.isBlank() ? "x" : value;
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    private static boolean holdsAlways(YamlFile file) {
        return file.folder().equals("config") && !PROFILE.matcher(file.name()).matches();
    }

    /** What stands in the jar itself. */
    static Settings ofJar() {
        try (InputStream in = Settings.class.getResourceAsStream("/application.yaml")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return of(new YamlFile("application.yaml in the jar", text, Project.documents(text)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read application.yaml in the jar", e);
        }
    }

    private static void addAll(YamlFile file, Map<String, Setting> settings) {
        file.documents().forEach(document -> add(file, "", document, document.line(), settings));
    }

    private static void add(YamlFile file, String key, Tree value, int line, Map<String, Setting> settings) {
        if (!value.isMap()) {
            settings.put(key, new Setting(file, key, line, value));
            return;
        }
        value.fields()
                .forEach((name, below) ->
                        add(file, key.isEmpty() ? name : key + "." + name, below, value.lineOf(name), settings));
    }
}
