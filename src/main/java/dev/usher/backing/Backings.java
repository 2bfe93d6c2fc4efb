package dev.usher.backing;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisMode;
import org.springframework.boot.autoconfigure.jms.artemis.ArtemisProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Which backings the configuration names outside the process. */
final class Backings {

    private Backings() {}

    static List<Backing> of(Environment environment) {
        var binder = Binder.get(environment);
        var found = new ArrayList<Backing>();
        var database = binder.bindOrCreate("spring.datasource", DataSourceProperties.class);
        if (Database.isElsewhere(database.getUrl())) {
            found.add(new Database(database));
        }
        var broker = binder.bindOrCreate("spring.artemis", ArtemisProperties.class);
        if (broker.getMode() == ArtemisMode.NATIVE) {
            found.add(new Broker(broker));
        }
        return found;
    }
}
