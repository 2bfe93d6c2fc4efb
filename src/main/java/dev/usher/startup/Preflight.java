package dev.usher.startup;

import dev.usher.destination.ConfigurationProblems;
import dev.usher.destination.Problem;
import dev.usher.setting.UnknownSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Looks at the configuration, the data folder and the routes before anything is opened or sent, so that a mistake stops
 * the start with all its mistakes named at once.
 */
public final class Preflight implements BeanFactoryPostProcessor, Ordered {

    private static final String LOCK = "dataFolderLock";

    private final Environment environment;

    Preflight(Environment environment) {
        this.environment = environment;
    }

    /** What is wrong with the settings and the routes; nothing is opened or locked for it. */
    public static List<Problem> problems(Environment environment) {
        if (!environment.containsProperty("usher.data") && !environment.containsProperty("usher.routes")) {
            return List.of(new Problem(
                    Path.of("config", "application.yaml").toAbsolutePath().toString(),
                    "nothing is configured: there is no such file, or it imports no other",
                    "start Usher in the folder that holds config/ and routes/"));
        }
        var problems = new ArrayList<Problem>(SettingsCheck.problems(environment));
        problems.addAll(UnknownSettings.problems(environment));
        problems.addAll(RoutesCheck.problems(environment));
        return problems;
    }

    /** @throws ConfigurationProblems all that was found */
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var problems = new ArrayList<>(problems(environment));
        if (problems.isEmpty() && usesItsOwnBroker()) {
            lock(beans, problems);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
    }

    /** Before the wait for a database or a broker: a wrong configuration is told at once. */
    @Override
    public int getOrder() {
        return 0;
    }

    private boolean usesItsOwnBroker() {
        return "embedded".equals(environment.getProperty("spring.artemis.mode"));
    }

    private void lock(ConfigurableListableBeanFactory beans, List<Problem> problems) {
        var lock = DataFolderLock.take(Path.of(environment.getRequiredProperty("usher.data")), problems);
        if (lock != null) {
            beans.registerSingleton(LOCK, lock);
            if (beans instanceof DefaultListableBeanFactory factory) {
                factory.registerDisposableBean(LOCK, lock);
            }
        }
    }
}
