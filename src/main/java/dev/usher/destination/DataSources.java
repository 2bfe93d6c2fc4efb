package dev.usher.destination;

import com.zaxxer.hikari.HikariDataSource;
import dev.usher.database.AnswerTimeout;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The databases of destinations: one that has {@code data-source} in its configuration finds it in its routes as
 * {@code #<destination>DataSource}. Nothing is connected before the first delivery; a database that is down is a failing
 * destination, not a failing start.
 */
@Component
final class DataSources implements DisposableBean {

    private final List<HikariDataSource> opened = new ArrayList<>();

    DataSources(CamelContext camel, Destinations destinations) {
        for (var destination : destinations.all()) {
            var database = destination.settings().dataSource();
            if (database != null && destination.settings().enabled()) {
                var source = source(destination.name(), database);
                opened.add(source);
                camel.getRegistry().bind(destination.name() + "DataSource", source);
            }
        }
    }

    private static HikariDataSource source(String name, DeliverySettings.Database database) {
        var source = new HikariDataSource();
        source.setPoolName(name);
        source.setJdbcUrl(database.url());
        source.setUsername(database.username());
        source.setPassword(database.password());
        source.setMaximumPoolSize(database.connections());
        source.setMinimumIdle(0);
        source.setInitializationFailTimeout(-1);
        source.setConnectionTimeout(database.timeout().toMillis());
        AnswerTimeout.set(source, database.answerTimeout());
        source.setValidationTimeout(Math.min(5_000, database.timeout().toMillis()));
        return source;
    }

    @Override
    public void destroy() {
        opened.forEach(HikariDataSource::close);
    }
}
