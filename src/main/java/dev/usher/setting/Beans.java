package dev.usher.setting;

import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Component;

/** The beans that routes may call, and the records that settings are bound to. */
public final class Beans {

    private static final String PACKAGE = "dev.usher";

    private Beans() {}

    /** The names of the public methods of Usher's beans, by the name of their bean. */
    public static Map<String, Set<String>> methods() {
        var methods = new TreeMap<String, Set<String>>();
        types().forEach(type -> methods.put(
                name(type),
                Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet())));
        return methods;
    }

    /** The classes of Usher's beans and of its configuration. */
    static List<Class<?>> types() {
        return marked(Component.class);
    }

    /** The records that settings are bound to. */
    public static List<Class<?>> settings() {
        return marked(ConfigurationProperties.class);
    }

    private static List<Class<?>> marked(Class<? extends Annotation> by) {
        return Found.TYPES.stream()
                .filter(type -> AnnotatedElementUtils.isAnnotated(type, by))
                .toList();
    }

    /** Looked for once, and only when somebody asks: every start does, and it means to open each class file. */
    private static final class Found {

        static final List<Class<?>> TYPES = scan();

        private static List<Class<?>> scan() {
            var scan = new ClassPathScanningCandidateComponentProvider(false);
            scan.addIncludeFilter(new AnnotationTypeFilter(Component.class));
            scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
            var types = new ArrayList<Class<?>>();
            for (BeanDefinition found : scan.findCandidateComponents(PACKAGE)) {
                types.add(type(String.valueOf(found.getBeanClassName())));
            }
            return List.copyOf(types);
        }
    }

    private static String name(Class<?> type) {
        Component component = AnnotationUtils.findAnnotation(type, Component.class);
        String given = component == null ? "" : component.value();
        return given.isEmpty() ? Introspector.decapitalize(type.getSimpleName()) : given;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, Beans.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The class " + name + " was found but cannot be loaded", e);
        }
    }
}
