package dev.usher.entra;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gather.Attempt;
import dev.usher.gather.Gather;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The users of the Entra tenant; the bean {@code directory}, which the router and the destinations {@code entra} and {@code birthrights} call.
 *
 * <p>Callers at the same moment share one {@code $batch} of up to 20 users.
 */
@Component("directory")
@EnableConfigurationProperties(EntraSettings.class)
public final class Directory {

    private static final int BATCHES_AT_ONCE = 2;
    private static final Duration BETWEEN_BATCHES = Duration.ofMillis(15);

    private final EntraSettings settings;
    private final UserReads users;
    private final Gather<String, Attempt<@Nullable ObjectNode>> reads;
    private final Gather<List<GraphRequest>, List<Attempt<GraphAnswer>>> requests;

    Directory(EntraSettings settings, UserReads users, Batches batches) {
        this.settings = settings;
        this.users = users;
        this.reads = new Gather<>("directory-users", Batches.MOST, BATCHES_AT_ONCE, BETWEEN_BATCHES, users::read);
        this.requests = new Gather<>(
                "directory-requests",
                Batches.MOST,
                BATCHES_AT_ONCE,
                BETWEEN_BATCHES,
                callers -> sent(batches, callers));
    }

    /**
     * The user as Graph shows it now, its extension attributes folded by their short names into the member
     * {@code extensions}; null when Graph knows no such user, which just after a sign-up may mean "not yet".
     *
     * @throws HttpOperationFailedException when Graph refused this user's read, with its own status and Retry-After
     * @throws IOException when there was no answer, or one that cannot be read
     */
    public @Nullable ObjectNode user(String objectId) throws IOException, HttpOperationFailedException {
        if (objectId.isBlank()) {
            throw new IllegalArgumentException("the object id of a user is empty");
        }
        return reads.call(objectId).get(IOException.class, HttpOperationFailedException.class);
    }

    /**
     * Sends requests of any kind; those of callers at the same moment share one {@code $batch}. Each is answered, and
     * throttled, for itself, and in any order: none may depend on another.
     *
     * @return one attempt per request, in their order: Graph's answer whatever its status, or why there was none
     */
    public List<Attempt<GraphAnswer>> send(List<GraphRequest> wanted) {
        return requests.call(wanted);
    }

    private static List<List<Attempt<GraphAnswer>>> sent(Batches batches, List<List<GraphRequest>> callers) {
        var answers = batches.send(callers.stream().flatMap(List::stream).toList());
        var parts = new ArrayList<List<Attempt<GraphAnswer>>>();
        int from = 0;
        for (var caller : callers) {
            parts.add(answers.subList(from, from + caller.size()));
            from += caller.size();
        }
        return parts;
    }

    /** The address by which Graph's requests refer to a user. */
    public String reference(String objectId) {
        return settings.graphUrl() + "/directoryObjects/" + objectId;
    }

    /**
     * A page of the list of all users, each as {@link #user} gives it.
     *
     * @param nextLink of the page before; null for the first page
     * @param size most users on the page, 1 to 999
     * @throws HttpOperationFailedException when Graph refused: 400 also when the link is too old
     * @throws IOException when there was no answer, or one that cannot be read
     * @see <a href="https://learn.microsoft.com/graph/api/user-list">List users</a>
     */
    public UserPage users(@Nullable String nextLink, int size) throws IOException, HttpOperationFailedException {
        return users.page(nextLink, size);
    }

    /**
     * Those of these users that Graph does not know, each asked for by its id.
     *
     * @throws HttpOperationFailedException when one of them could not be asked for
     * @throws IOException when there was no answer, or one that cannot be read
     */
    public List<String> missing(List<String> objectIds) throws IOException, HttpOperationFailedException {
        var missing = new ArrayList<String>();
        for (int from = 0; from < objectIds.size(); from += Batches.MOST) {
            var some = objectIds.subList(from, Math.min(from + Batches.MOST, objectIds.size()));
            var answers = users.read(some);
            for (int i = 0; i < some.size(); i++) {
                if (answers.get(i).get(IOException.class, HttpOperationFailedException.class) == null) {
                    missing.add(some.get(i));
                }
            }
        }
        return missing;
    }

    /**
     * The name by which Graph knows an extension attribute, for writing it: {@code extension_<app id>_<shortName>}.
     *
     * @throws IllegalStateException when {@code usher.entra.extensions-app-id} is not set
     */
    public String attributeName(String shortName) {
        return settings.attributeName(shortName);
    }
}
