package dev.usher.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.beans.Introspector;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.stereotype.Component;

class BeanCheckTest extends Spoiled {

    private static final String LOG = "- log:\n            message: recorded";

    BeanCheckTest() {
        super(new BeanCheck(Map.of("ledger", Set.of("record"))));
    }

    @Test
    void everyBeanThatTheRoutesCallExists() {
        assertThat(new BeanCheck(beans()).findings(Project.read(Path.of("")))).isEmpty();
    }

    @Test
    void aKnownBeanPasses() {
        sample.spoil(Sample.HELPER, LOG, "- bean: {ref: ledger, method: \"record('a')\"}");

        nothingIsFound();
    }

    @Test
    void anUnknownBeanIsFound() {
        sample.spoil(Sample.HELPER, LOG, "- bean: {ref: leger, method: record}");

        isFound(Sample.HELPER, "ref: leger", "no bean 'leger'", "[ledger]");
    }

    @Test
    void anUnknownMethodIsFound() {
        sample.spoil(Sample.HELPER, LOG, "- bean: {ref: ledger, method: recrod}");

        isFound(Sample.HELPER, "ref: ledger", "has no method 'recrod'", "[record]");
    }

    @Test
    void anUnknownBeanInSimpleIsFound() {
        sample.spoil(Sample.HELPER, "message: recorded", "message: \"${bean:leger.record('a')}\"");

        isFound(Sample.HELPER, "leger", "no bean 'leger'", "[ledger]");
    }

    private static Map<String, Set<String>> beans() {
        var beans = new HashMap<String, Set<String>>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.usher").stream()
                        .filter(type -> type.isAnnotatedWith(Component.class))
                        .forEach(type -> beans.put(nameOf(type), publicMethods(type)));
        return beans;
    }

    private static String nameOf(JavaClass type) {
        String given = type.getAnnotationOfType(Component.class).value();
        return given.isEmpty() ? Introspector.decapitalize(type.getSimpleName()) : given;
    }

    private static Set<String> publicMethods(JavaClass type) {
        return type.getAllMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaMethod::getName)
                .collect(Collectors.toSet());
    }
}
