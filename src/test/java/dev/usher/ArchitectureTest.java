package dev.usher;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.beans.Introspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.time.Clock;
import java.util.Calendar;
import java.util.Date;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;

/** The shape of the code. Every rule says why. */
@AnalyzeClasses(packages = "dev.usher", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROUTES = routes();

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles = slices().matching("dev.usher.(*)..")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true)
            .because("a feature that can be read alone can be changed alone");

    @ArchTest
    static final ArchRule theGraphSdkIsSeenByOnePackage = seenOnlyBy("dev.usher.entra..", "com.microsoft.graph..")
            .because("its models cost memory and change often: what changes with it must be in one place");

    @ArchTest
    static final ArchRule msalIsSeenByOnePackage = seenOnlyBy("dev.usher.token..", "com.microsoft.aad.msal4j..")
            .because("tokens are cached, renewed and dropped in one place");

    @ArchTest
    static final ArchRule theSdksHttpClientIsSeenByItsUsers = noClasses()
            .that()
            .resideOutsideOfPackages("dev.usher.entra..", "dev.usher.token..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "com.microsoft.kiota..", "com.azure..")
            .allowEmptyShould(true)
            .because("vendors are called by routes; only the Graph SDK and tokens bring a client of their own");

    @ArchTest
    static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
            "an operator reads one log, with its levels and its format");

    @ArchTest
    static final ArchRule timeComesFromTheClock = noClasses()
            .should()
            .callMethodWhere(describe("the system's time is read", ArchitectureTest::readsTheSystemsTime))
            .because("a test must be able to set the time: inject java.time.Clock");

    @ArchTest
    static final ArchRule theClockIsMadeInOnePlace = noClasses()
            .that()
            .areNotAnnotatedWith("org.springframework.context.annotation.Configuration")
            .and()
            .areNotAnnotatedWith("org.springframework.boot.autoconfigure.SpringBootApplication")
            .should()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .allowEmptyShould(true)
            .because("a class that makes its own clock cannot be tested at another time");

    @ArchTest
    static final ArchRule datesAreJavaTime = noClasses()
            .should()
            .callConstructor(Date.class)
            .orShould()
            .callConstructor(Date.class, long.class)
            .orShould()
            .dependOnClassesThat(belongToAnyOf(Calendar.class, SimpleDateFormat.class))
            .because("java.util.Date is mutable, and reads as local time what is meant as UTC");

    @ArchTest
    static final ArchRule namesSayWhatAClassDoes = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper)")
            .because("such a name fits everything, so everything ends up in it");

    @ArchTest
    static final ArchRule dependenciesComeByConstructor = noFields()
            .should()
            .beAnnotatedWith(Autowired.class)
            .orShould()
            .beAnnotatedWith(Value.class)
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .allowEmptyShould(true)
            .because("a class then works with new, in tests too, and its fields are final");

    @ArchTest
    static final ArchRule nothingStaticChanges = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .allowEmptyShould(true)
            .because("two contexts in one JVM, as in every test run, would see each other");

    @ArchTest
    static final ArchRule publicMethodsTakeNoBooleans = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(describe("are no records", type -> !type.isRecord()))
            .and(describe(
                    "are not Camel's",
                    method -> method.getOwner().getAllRawSuperclasses().stream()
                            .filter(type -> type.getPackageName().startsWith("org.apache.camel"))
                            .noneMatch(type -> type.tryGetMethod(method.getName(), names(method))
                                    .isPresent())))
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .haveRawParameterTypes(describe(
                    "with a boolean", types -> types.stream().anyMatch(type -> type.isEquivalentTo(boolean.class))))
            .allowEmptyShould(true)
            .because("nobody who reads a call knows what true means: use two methods or an enum");

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .should(ArchCondition.from(describe(
                    "be in a package marked with @NullMarked",
                    type -> type.getPackage().isAnnotatedWith(NullMarked.class))))
            .because("NullAway checks only what is marked: add a package-info.java");

    @ArchTest
    static final ArchRule whatIsPublicIsForOthers = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should(ArchCondition.from(
                    describe("be used by a route or another feature", ArchitectureTest::isForOthers)))
            .because("what nobody else sees can be changed freely: make it package-private");

    private static ArchRule seenOnlyBy(String owner, String... vendors) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(vendors);
    }

    private static boolean readsTheSystemsTime(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        boolean isNow = owner.startsWith("java.time.")
                && call.getName().equals("now")
                && call.getTarget().getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        return isNow || owner.equals("java.lang.System") && call.getName().equals("currentTimeMillis");
    }

    private static boolean isForOthers(JavaClass type) {
        boolean isApplication = type.isAnnotatedWith(SpringBootApplication.class);
        boolean isSignature = type.getDirectDependenciesToSelf().stream()
                .map(Dependency::getOriginClass)
                .anyMatch(origin -> !origin.getPackage().equals(type.getPackage()) || isPublicPartner(origin, type));
        return isApplication || isSignature || isNamedInARoute(type) || isNamedForJolokia(type);
    }

    /** Whoever is public needs what its public methods take and give to be public too. */
    private static boolean isPublicPartner(JavaClass origin, JavaClass type) {
        return origin.getModifiers().contains(JavaModifier.PUBLIC)
                && !origin.equals(type)
                && origin.getCodeUnits().stream()
                        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                        .anyMatch(unit -> unit.getAllInvolvedRawTypes().contains(type));
    }

    private static boolean isNamedInARoute(JavaClass type) {
        String given = type.tryGetAnnotationOfType(Component.class)
                .map(Component::value)
                .orElse("");
        String bean = given.isEmpty() ? Introspector.decapitalize(type.getSimpleName()) : given;
        return ROUTES.contains(type.getName())
                || Pattern.compile("\\b" + bean + "\\b").matcher(ROUTES).find();
    }

    /** Jolokia makes its services by the names in a file, and calls their public constructor. */
    private static boolean isNamedForJolokia(JavaClass type) {
        try (var file = ArchitectureTest.class.getResourceAsStream("/META-INF/jolokia/services")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).contains(type.getName() + ",");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String routes() {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            var text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read routes/", e);
        }
    }

    private static String[] names(JavaMethod method) {
        return method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    }
}
