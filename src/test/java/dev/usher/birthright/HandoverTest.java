package dev.usher.birthright;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.delivery.HeldBack;
import dev.usher.delivery.Refused;
import dev.usher.entra.SandboxDirectory;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.EntraTenant;
import dev.usher.sandbox.entra.SignUp;
import dev.usher.sandbox.server.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is Usher's after each answer of the directory. */
class HandoverTest {

    private static final Grant GROUP = Grant.group(EntraTenant.BUSINESS_GROUP);
    private static final Grant ROLE = Grant.appRole(EntraTenant.SHOP, EntraTenant.PARTNER_ROLE);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long NOW = Duration.ofHours(1).toMillis();
    private static final long JUST_NOW = NOW - 1000;
    private static final long LONG_AGO = 0;

    private static Sandbox sandbox;
    private static GrantRequests requests;
    private String ada;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxPorts.random());
        requests = new GrantRequests(SandboxDirectory.of(sandbox));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void oneUser() throws IOException {
        sandbox.reset();
        ada = sandbox.entra().tenant().signUp(SignUp.of(new ObjectMapper().readTree("{\"email\":\"ada@shop.test\"}")));
    }

    private Handover planned(Set<Grant> wanted, Holding... ours) throws Exception {
        var handover = new Handover(ada, List.of(ours), requests, NOW, PATIENCE, grant -> "a rule");
        handover.plan(wanted);
        return handover;
    }

    private Handover done(Set<Grant> wanted, Holding... ours) throws Exception {
        var handover = planned(wanted, ours);
        handover.carryOut();
        return handover;
    }

    private Holding asked(Grant grant) {
        return new Holding(ada, grant, null, JUST_NOW, null);
    }

    private static void fault(int status, String path) {
        sandbox.entra()
                .faults()
                .replace(
                        List.of(new Fault(status, null, Duration.ZERO, null, false, 1.0, null, Pattern.compile(path))));
    }

    @Test
    void whatIsAddedIsOursWithTheIdByWhichItGoes() throws Exception {
        var handover = done(Set.of(GROUP, ROLE));

        assertThat(handover.asked()).extracting(Holding::grant).containsExactlyInAnyOrder(GROUP, ROLE);
        assertThat(handover.kept()).allMatch(Holding::isConfirmed);
        var held = requests.held(ada, Set.of(Grant.Kind.GROUP, Grant.Kind.APP_ROLE));
        assertThat(held.grants()).containsExactlyInAnyOrder(GROUP, ROLE);
        assertThat(held.assignments())
                .isEqualTo(Map.of(
                        ROLE,
                        handover.kept().stream()
                                .filter(one -> one.grant().equals(ROLE))
                                .findFirst()
                                .orElseThrow()
                                .assignmentId()));
        assertThat(handover.failure()).isNull();
    }

    @Test
    void whatSomebodyElseGaveIsNotAskedFor() throws Exception {
        done(Set.of(GROUP, ROLE));

        var handover = done(Set.of(GROUP, ROLE));

        assertThat(handover.asked()).isEmpty();
        assertThat(handover.kept()).isEmpty();
    }

    @Test
    void whatSomebodyElseGaveBetweenTheReadingAndTheFirstTryIsNotOurs() throws Exception {
        var handover = planned(Set.of(GROUP, ROLE));
        done(Set.of(GROUP, ROLE));

        handover.carryOut();

        assertThat(handover.kept()).isEmpty();
        assertThat(handover.gone()).isEqualTo(handover.asked()).hasSize(2);
        assertThat(handover.failure()).isNull();
    }

    @Test
    void whatAnEarlierTryWithoutAnswerAddedIsOurs() throws Exception {
        done(Set.of(GROUP, ROLE));

        var handover = done(Set.of(GROUP, ROLE), asked(GROUP), asked(ROLE));

        assertThat(handover.kept()).extracting(Holding::grant).containsExactlyInAnyOrder(GROUP, ROLE);
        assertThat(handover.kept()).allMatch(Holding::isConfirmed);
        assertThat(handover.asked()).isEmpty();
    }

    @Test
    void aRefusedFirstTryLeavesNothingOfOurs() throws Exception {
        fault(403, "/members/");

        var handover = done(Set.of(GROUP));

        assertThat(handover.gone()).isEqualTo(handover.asked()).hasSize(1);
        assertThat(handover.failure())
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(403));
    }

    @Test
    void aRefusedRepeatAfterALostAnswerLeavesTheQuestionOpen() throws Exception {
        fault(403, "/members/");

        var handover = done(Set.of(GROUP), asked(GROUP));

        assertThat(handover.gone()).isEmpty();
        assertThat(handover.kept()).isEmpty();
        assertThat(handover.failure()).isNotNull();
    }

    @Test
    void aServersErrorLeavesTheQuestionOpen() throws Exception {
        fault(502, "/members/");

        var handover = done(Set.of(GROUP));

        assertThat(handover.gone()).isEmpty();
        assertThat(handover.kept()).isEmpty();
        assertThat(handover.failure()).isInstanceOf(HttpOperationFailedException.class);
    }

    @Test
    void whatEndsIsTakenAwayAlsoWhenItsAnswerWasLost() throws Exception {
        done(Set.of(GROUP, ROLE));

        var handover = done(Set.of(), asked(GROUP), asked(ROLE));

        assertThat(handover.gone()).hasSize(2);
        assertThat(requests.held(ada, Set.of(Grant.Kind.GROUP, Grant.Kind.APP_ROLE))
                        .grants())
                .isEmpty();
    }

    @Test
    void whatWasAddedJustNowAndIsNotShownYetIsAskedForLater() throws Exception {
        var group = asked(GROUP).confirmed(null, JUST_NOW);
        var role = asked(ROLE).confirmed("unknown", JUST_NOW);

        var handover = done(Set.of(), group, role);

        assertThat(handover.gone()).isEmpty();
        assertThat(handover.failure()).isInstanceOf(HeldBack.class);
    }

    @Test
    void whatWasAddedLongAgoAndIsNotThereIsGone() throws Exception {
        var group = new Holding(ada, GROUP, null, LONG_AGO, LONG_AGO);
        var role = new Holding(ada, ROLE, null, LONG_AGO, null);

        var handover = done(Set.of(), group, role);

        assertThat(handover.gone()).containsExactlyInAnyOrder(group, role);
        assertThat(handover.failure()).isNull();
    }

    @Test
    void whatMayHealIsToldBeforeWhatNeedsAPerson() throws Exception {
        var unknown = Grant.group("00000000-0000-4000-8000-00000000000f");
        var refused = done(Set.of(unknown));
        fault(429, "/appRoleAssignedTo");

        var handover = done(Set.of(unknown, ROLE));

        assertThat(refused.failure())
                .isInstanceOf(Refused.class)
                .hasMessage("the directory has no group 00000000-0000-4000-8000-00000000000f, named by a rule");
        assertThat(handover.failure())
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(429));
    }

    @Test
    void aUserWhomTheDirectoryDoesNotShowYetIsAFailureThatHeals() throws Exception {
        var nobody = new Handover(
                "00000000-0000-4000-8000-000000000000", List.of(), requests, NOW, PATIENCE, grant -> "a rule");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> nobody.plan(Set.of(GROUP))))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(404));
    }
}
