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
            return onPostgres(context);
        }
        return parameter.isAnnotated(BelievesContacts.class)
                ? kept(context, "scenarios-of-contacts", Product.BELIEVES_CONTACTS)
                : kept(context, "scenarios", Map.of());
    }

    private static Product onPostgres(ExtensionContext context) {
        System.setProperty(SqlSystem.DATABASE, "postgresql");
        try {
            return kept(context, "scenarios-on-postgres", Map.of());
        } finally {
            System.clearProperty(SqlSystem.DATABASE);
        }
    }

    private static Product kept(ExtensionContext context, String name, Map<String, String> more) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningUsher.class))
                .getOrComputeIfAbsent(name, key -> new Kept(start(name, more)), Kept.class)
                .product();
    }

    private static Product start(String name, Map<String, String> more) {
        try {
            return Product.start(name, more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
