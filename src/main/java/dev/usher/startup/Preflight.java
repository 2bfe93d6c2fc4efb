package dev.usher.startup;

import dev.usher.destination.ConfigurationProblems;
import dev.usher.destination.Problem;
import dev.usher.setting.UnknownSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * Looks at the configuration, the data folder and the routes before anything is opened or sent, so that a mistake stops
 * the start with all its mistakes named at once.
 */
public final class Preflight implements BeanDefinitionRegistryPostProcessor {

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

    /** @throws ConfigurationProblems all that is wrong with the settings and the routes */
    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry beans) {
        refuse(problems(environment));
    }

    /** @throws ConfigurationProblems when another Usher has the data folder, or it cannot be used */
    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var problems = new ArrayList<Problem>();
        if (usesItsOwnBroker()) {
            lock(beans, problems);
        }
        refuse(problems);
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationProblems(problems);
        }
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
