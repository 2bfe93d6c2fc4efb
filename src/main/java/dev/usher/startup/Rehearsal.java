package dev.usher.startup;

import dev.usher.UsherApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.FileSystemUtils;

/**
 * The start without its consequences: the product as the configuration makes it, but with its state and its queues in
 * memory, on ports of its own, writing no log. It may run beside a running Usher.
 */
public final class Rehearsal implements AutoCloseable {

    /** Nothing is written to the console: whoever rehearses tells what came out of it. */
    private static final String SILENCE = "--logging.threshold.console=off";

    /** Set while only some routes run: that the others do not is no mistake then. */
    static final String OF_SOME_ROUTES = "usher.rehearsal";

    private final ConfigurableApplicationContext usher;
    private final Path data;

    private Rehearsal(ConfigurableApplicationContext usher, Path data) {
        this.usher = usher;
        this.data = data;
    }

    /**
     * Reads the configuration as the start does, and makes nothing of it.
     *
     * @param arguments as the start takes them, such as {@code --spring.profiles.active=sandbox}
     * @throws RuntimeException when it cannot be read; {@link Diagnosis} knows what it means
     */
    public static ConfigurableEnvironment environment(List<String> arguments) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(with(arguments, Map.of())));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        DataFolder.add(environment);
        return environment;
    }

    /** Makes every route and starts none of them. @throws RuntimeException when the product would not start */
    public static Rehearsal ofEverything(List<String> arguments) {
        return start(arguments, Map.of("camel.main.auto-startup", "false"));
    }

    /**
     * Starts only the routes whose files have such a name, and makes every kamelet.
     *
     * @param files a pattern such as {@code examine-*.camel.yaml}
     * @throws RuntimeException when the product would not start
     */
    public static Rehearsal ofRoutes(String files, List<String> arguments) {
        return start(
                arguments,
                Map.of(
                        OF_SOME_ROUTES,
                        "true",
                        "camel.main.routes-include-pattern",
                        "file:${usher.routes}/**/*.kamelet.yaml,file:${usher.routes}/**/" + files));
    }

    private static Rehearsal start(List<String> arguments, Map<String, String> more) {
        var data = folder();
        var settings = new LinkedHashMap<String, String>();
        settings.put("usher.data", data.toString());
        settings.put("usher.dataverse.webhook.register", "false");
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", "0");
        settings.put("management.server.address", "127.0.0.1");
        settings.put("spring.jmx.enabled", "false");
        settings.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID());
        settings.put("spring.datasource.username", "usher");
        settings.put("spring.datasource.password", "");
        settings.put("spring.artemis.mode", "embedded");
        settings.put("spring.artemis.embedded.persistent", "false");
        settings.put("spring.quartz.scheduler-name", data.getFileName().toString());
        settings.putAll(more);
        var application = new SpringApplication(UsherApplication.class);
        application.setRegisterShutdownHook(false);
        try {
            return new Rehearsal(application.run(with(arguments, settings)), data);
        } catch (RuntimeException e) {
            FileSystemUtils.deleteRecursively(data.toFile());
            throw e;
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("usher-rehearsal-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a temporary folder", e);
        }
    }

    /** Of two that name the same key the later holds; Spring would join them. */
    private static String[] with(List<String> arguments, Map<String, String> settings) {
        var all = new LinkedHashMap<String, String>();
        arguments.forEach(argument -> all.put(argument.replaceFirst("=.*", ""), argument));
        all.put(SILENCE, SILENCE);
        settings.forEach((key, value) -> all.put("--" + key, "--" + key + "=" + value));
        return all.values().toArray(String[]::new);
    }

    /** The one bean of this type. */
    public <T> T bean(Class<T> type) {
        return usher.getBean(type);
    }

    @Override
    public void close() {
        usher.close();
        FileSystemUtils.deleteRecursively(data.toFile());
    }
}
