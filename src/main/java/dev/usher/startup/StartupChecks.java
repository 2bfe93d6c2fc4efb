package dev.usher.startup;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Has the checks run before beans are as much as looked for: what is wrong is told seconds earlier. */
final class StartupChecks implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(new Preflight(context.getEnvironment()));
    }
}
