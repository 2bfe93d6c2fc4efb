package dev.usher.entra;

import java.io.IOException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;

/**
 * The directory audit log of Graph. Five calls in ten seconds are allowed; the caller keeps to that.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/directoryaudit-list">List directoryAudits</a>
 */
@Component
final class AuditLog {

    private final Graph graph;
    private final AuditReader reader = new AuditReader();

    AuditLog(Graph graph) {
        this.graph = graph;
    }

    /**
     * The first page of an answer.
     *
     * @throws HttpOperationFailedException when Graph refused, with its status and, where it came, Retry-After
     * @throws IOException when there was no answer, or one that cannot be read
     */
    AuditPage page(AuditQuery query) throws IOException, HttpOperationFailedException {
        return graph.send(
                client -> client.auditLogs().directoryAudits().toGetRequestInformation(get -> {
                    if (get.queryParameters != null) {
                        get.queryParameters.filter = query.filter();
                        get.queryParameters.orderby = new String[] {"activityDateTime asc"};
                        get.queryParameters.top = query.pageSize();
                    }
                }),
                reader::read);
    }

    /** The page behind the link of the page before; failures as of {@link #page}. */
    AuditPage next(String nextLink) throws IOException, HttpOperationFailedException {
        return graph.send(
                client -> client.auditLogs().directoryAudits().withUrl(nextLink).toGetRequestInformation(),
                reader::read);
    }
}
