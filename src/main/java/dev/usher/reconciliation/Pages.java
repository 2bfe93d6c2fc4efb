package dev.usher.reconciliation;

import dev.usher.destination.Destinations;
import dev.usher.entra.Directory;
import dev.usher.entra.UserPage;
import dev.usher.projection.Projections;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads what a run compares next, from the directory and from what Usher knows. */
@Component
class Pages {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final int SOUGHT_AT_ONCE = 200;

    private final Directory directory;
    private final Projections projections;
    private final Destinations destinations;
    private final Runs runs;
    private final ListedUsers listed;
    private final ReconciliationSettings settings;
    private final Clock clock;

    Pages(
            Directory directory,
            Projections projections,
            Destinations destinations,
            Runs runs,
            ListedUsers listed,
            ReconciliationSettings settings,
            Clock clock) {
        this.directory = directory;
        this.projections = projections;
        this.destinations = destinations;
        this.runs = runs;
        this.listed = listed;
        this.settings = settings;
        this.clock = clock;
    }

    /** The next users of the directory; null when the directory no longer knows the place, and the run begins its list anew. */
    @Nullable
    Page list(Run run) throws IOException, HttpOperationFailedException {
        UserPage users;
        try {
            users = directory.users(run.nextLink(), settings.pageSize());
        } catch (HttpOperationFailedException e) {
            boolean tooOld = run.nextLink() != null && (e.getStatusCode() == 400 || e.getStatusCode() == 410);
            if (!tooOld) {
                throw e;
            }
            LOG.info("Reconciliation {}: the directory no longer knows the place; its users are listed anew", run.id());
            runs.listAnew(run, clock.instant());
            return null;
        }
        var ids = users.users().stream().map(user -> user.path("id").asText()).toList();
        return new Page(
                run,
                new Comparison(destinations, run.order().destination()),
                users,
                projections.find(ids),
                listed.parked(ids));
    }

    /** The next persons who were not listed, and which of them the directory does not know. */
    Page seek(Run run) throws IOException, HttpOperationFailedException {
        var page = new Page(run, new Comparison(destinations, null), new UserPage(List.of(), null), Map.of(), Map.of());
        page.sought = listed.unlisted(run.id(), run.place(), SOUGHT_AT_ONCE);
        page.orphans = directory.missing(page.sought);
        return page;
    }
}
