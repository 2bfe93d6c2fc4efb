package dev.usher.startup;

import dev.usher.UsherApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/** A copy of {@code config/} and {@code routes/} to spoil, and the application started on it. */
final class Workplace {

    private final Path folder;
    private final Map<String, String> properties = new TreeMap<>();

    Workplace(Path folder) throws IOException {
        this.folder = folder;
        copy(Path.of("config"), folder.resolve("config"));
        copy(Path.of("routes"), folder.resolve("routes"));
        replace("config/application.yaml", "file:./config/", "file:" + folder + "/config/");
        set("usher.routes", folder.resolve("routes").toString());
        set("usher.data", folder.resolve("data").toString());
        set("spring.datasource.url", "jdbc:h2:mem:" + folder.getFileName());
        set("spring.artemis.embedded.persistent", "false");
        set("server.port", "0");
        set("management.server.port", "0");
        set("usher.entra.poll.enabled", "false");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    Workplace set(String key, String value) {
        properties.put(key, value);
        return this;
    }

    Workplace replace(String file, String text, String by) throws IOException {
        var path = folder.resolve(file);
        var before = Files.readString(path);
        if (!before.contains(text)) {
            throw new IllegalArgumentException(file + " does not hold \"" + text + "\"; mend the test");
        }
        Files.writeString(path, before.replace(text, by));
        return this;
    }

    Workplace write(String file, String text) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    /** Starts the application, which must fail; what it tells is on the console. */
    void fails() {
        ConfigurableApplicationContext context;
        try {
            context = application().run(arguments());
        } catch (Exception e) {
            // one that fails before it sets the logging up would leave it silent for the tests after it
            LoggingSystem.get(Workplace.class.getClassLoader()).cleanUp();
            return;
        }
        context.close();
        throw new AssertionError("the application started");
    }

    /** Starts the application, which must run, and stops it. */
    void starts() {
        application().run(arguments()).close();
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(UsherApplication.class)
                .web(WebApplicationType.SERVLET)
                .profiles("sandbox")
                .registerShutdownHook(false);
    }

    private String[] arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.config.location=classpath:/application.yaml,file:" + folder + "/config/");
        properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments.toArray(String[]::new);
    }
}
