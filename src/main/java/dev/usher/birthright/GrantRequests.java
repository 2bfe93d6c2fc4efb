package dev.usher.birthright;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.usher.birthright.Grant.Kind;
import dev.usher.delivery.Refused;
import dev.usher.entra.Directory;
import dev.usher.entra.GraphAnswer;
import dev.usher.entra.GraphRequest;
import dev.usher.gather.Attempt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.springframework.stereotype.Component;

/**
 * How Graph is asked for groups and app roles: https://learn.microsoft.com/graph/api/group-post-members and
 * https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto
 */
@Component
final class GrantRequests {

    private static final String MOST = "$top=999"; // in one page; what lies beyond shows when it is added again
    private static final String ALREADY_GRANTED = "Request_MultipleObjectsWithSameKeyValue";

    private final Directory directory;

    GrantRequests(Directory directory) {
        this.directory = directory;
    }

    List<Attempt<GraphAnswer>> send(List<GraphRequest> requests) {
        return directory.send(requests);
    }

    /**
     * What the user holds of these kinds.
     *
     * @throws HttpOperationFailedException when Graph refused, also 404 for a user that it does not show yet
     * @throws IOException when there was no answer
     */
    Held held(String subject, Set<Kind> kinds) throws IOException, HttpOperationFailedException {
        var requests = kinds.stream().map(kind -> list(subject, kind)).toList();
        var answers = send(requests);
        var grants = new HashSet<Grant>();
        Map<Grant, String> assignments = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            var answer = answers.get(i).get(IOException.class, HttpOperationFailedException.class);
            if (!answer.succeeded()) {
                throw answer.failure(requests.get(i).path());
            }
            for (var one : answer.body().path("value")) {
                if (one.has("appRoleId")) {
                    var role = Grant.appRole(
                            one.path("resourceId").asText(),
                            one.path("appRoleId").asText());
                    grants.add(role);
                    assignments.put(role, one.path("id").asText());
                } else {
                    grants.add(Grant.group(one.path("id").asText()));
                }
            }
        }
        return new Held(grants, assignments);
    }

    private static GraphRequest list(String subject, Kind kind) {
        var list = kind == Kind.GROUP ? "/memberOf?$select=id&" : "/appRoleAssignments?";
        return GraphRequest.get("/users/" + subject + list + MOST);
    }

    GraphRequest add(String subject, Grant grant) {
        var body = JsonNodeFactory.instance.objectNode();
        if (grant.kind() == Kind.GROUP) {
            body.put("@odata.id", directory.reference(subject));
            return new GraphRequest("POST", "/groups/" + grant.target() + "/members/$ref", body);
        }
        body.put("principalId", subject).put("resourceId", grant.target()).put("appRoleId", grant.role());
        return new GraphRequest("POST", "/servicePrincipals/" + grant.target() + "/appRoleAssignedTo", body);
    }

    /** @param assignmentId of an app role; not looked at for a group */
    GraphRequest remove(String subject, Grant grant, String assignmentId) {
        var path = grant.kind() == Kind.GROUP
                ? "/groups/" + grant.target() + "/members/" + subject + "/$ref" // without $ref the user is deleted
                : "/servicePrincipals/" + grant.target() + "/appRoleAssignedTo/" + assignmentId;
        return new GraphRequest("DELETE", path, null);
    }

    /** Whether the answer to an add says that the user has it: 400, and 409 in older tenants, with these words or this code. */
    static boolean isThereAlready(GraphAnswer answer) {
        return (answer.status() == 400 || answer.status() == 409)
                && (answer.code().equals(ALREADY_GRANTED) || answer.message().contains("already exist"));
    }

    /** Whether the answer says that the group or the application itself is unknown. */
    static boolean lacksTarget(GraphAnswer answer, Grant grant) {
        return answer.status() == 404 && answer.message().contains(grant.target());
    }

    /** In the order in which they may heal: what will pass by itself first, what needs a person last. */
    static Exception first(List<Exception> failures) {
        var inOrder = new ArrayList<>(failures);
        inOrder.sort(Comparator.comparing(GrantRequests::needsAPerson));
        return inOrder.get(0);
    }

    private static boolean needsAPerson(Exception failure) {
        if (failure instanceof HttpOperationFailedException answer) {
            int status = answer.getStatusCode();
            return status >= 400
                    && status < 500
                    && !Set.of(401, 404, 408, 425, 429).contains(status);
        }
        return failure instanceof Refused;
    }
}
