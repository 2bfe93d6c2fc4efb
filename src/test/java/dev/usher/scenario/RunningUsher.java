package dev.usher.scenario;

import dev.usher.sandbox.sql.SqlSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the one {@link Product} of this test run; it starts when first asked for and stops at the end. A second one,
 * in which contacts are believed, is given to those who ask for it.
 */
public final class RunningUsher implements ParameterResolver {

    /** Asks for the product in which the contact says names and address, and Entra gets both. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface BelievesContacts {}

    /** On a test class: the SQL destination of its product is a PostgreSQL, with the statement for that. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface OnPostgres {}

    private record Kept(Product product) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() {
            product.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Product.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getRequiredTestClass().isAnnotationPresent(OnPostgres.class)) {
            var name = "scenarios-on-postgres";
            return kept(context, name, () -> startOnPostgres(name, Map.of()));
        }
        return parameter.isAnnotated(BelievesContacts.class)
                ? kept(context, "scenarios-of-contacts", Product.BELIEVES_CONTACTS)
                : kept(context, "scenarios", Map.of());
    }

    private static Product kept(ExtensionContext context, String name, Map<String, String> more) {
        return kept(context, name, () -> Product.start(name, more));
    }

    private interface Start {
        Product now() throws IOException;
    }

    private static Product kept(ExtensionContext context, String name, Start start) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningUsher.class))
                .getOrComputeIfAbsent(name, key -> new Kept(started(start)), Kept.class)
                .product();
    }

    private static Product started(Start start) {
        try {
            return start.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a product whose SQL destination is a PostgreSQL. */
    static Product startOnPostgres(String name, Map<String, String> more) throws IOException {
        System.setProperty(SqlSystem.DATABASE, "postgresql");
        try {
            return Product.start(name, more);
        } finally {
            System.clearProperty(SqlSystem.DATABASE);
        }
    }
}
