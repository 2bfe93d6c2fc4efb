package dev.usher.watermark;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a test once on each kind of database; each is started once for all tests. */
final class Databases implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        return Stream.of(new Kind("H2", TestDatabase::h2), new Kind("PostgreSQL", TestDatabase::postgres));
    }

    private record Kind(String name, Supplier<TestDatabase> start) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int index) {
            return name;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new OneDatabase(name, start));
        }
    }

    private record OneDatabase(String name, Supplier<TestDatabase> start)
            implements BeforeEachCallback, ParameterResolver {

        private TestDatabase database(ExtensionContext context) {
            return context.getRoot()
                    .getStore(Namespace.create(Databases.class))
                    .getOrComputeIfAbsent(name, key -> new Started(start.get()), Started.class)
                    .database();
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            database(context).empty();
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == DataSource.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return database(context).dataSource();
        }
    }

    /** Closed by JUnit after the last test. */
    private record Started(TestDatabase database) implements CloseableResource {

        @Override
        public void close() throws Exception {
            database.close();
        }
    }
}
