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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
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

    private Plan plan(Set<Grant> wanted, @Nullable Held shown, Holding... ours) throws Exception {
        var plan = new Plan(ada, List.of(ours), requests, NOW, shown);
        plan.make(wanted);
        return plan;
    }

    private static Handover done(Plan plan) {
        var handover = new Handover(plan, requests, NOW, PATIENCE, grant -> "a rule");
        handover.carryOut();
        return handover;
    }

    private Handover done(Set<Grant> wanted, Holding... ours) throws Exception {
        return done(plan(wanted, null, ours));
    }

    private Held held() throws Exception {
        return requests.held(ada, EnumSet.allOf(Grant.Kind.class));
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
        var plan = plan(Set.of(GROUP, ROLE), null);
        var handover = done(plan);

        assertThat(plan.asked()).extracting(Holding::grant).containsExactlyInAnyOrder(GROUP, ROLE);
        assertThat(handover.kept()).allMatch(Holding::isConfirmed);
        var held = held();
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

        var plan = plan(Set.of(GROUP, ROLE), null);

        assertThat(plan.asked()).isEmpty();
        assertThat(plan.orders()).isEmpty();
    }

    @Test
    void whatSomebodyElseGaveBetweenTheReadingAndTheFirstTryIsNotOurs() throws Exception {
        var plan = plan(Set.of(GROUP, ROLE), null);
        done(Set.of(GROUP, ROLE));

        var handover = done(plan);

        assertThat(handover.kept()).isEmpty();
        assertThat(handover.gone()).isEqualTo(plan.asked()).hasSize(2);
        assertThat(handover.failure()).isNull();
    }

    @Test
    void whatAnEarlierTryWithoutAnswerAddedIsOurs() throws Exception {
        done(Set.of(GROUP, ROLE));

        var plan = plan(Set.of(GROUP, ROLE), null, asked(GROUP), asked(ROLE));
        var handover = done(plan);

        assertThat(handover.kept()).extracting(Holding::grant).containsExactlyInAnyOrder(GROUP, ROLE);
        assertThat(handover.kept()).allMatch(Holding::isConfirmed);
        assertThat(plan.asked()).isEmpty();
    }

    @Test
    void aRefusedFirstTryLeavesNothingOfOurs() throws Exception {
        fault(403, "/members/");

        var plan = plan(Set.of(GROUP), null);
        var handover = done(plan);

        assertThat(handover.gone()).isEqualTo(plan.asked()).hasSize(1);
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
        assertThat(held().grants()).isEmpty();
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
        var nobody = new Plan("00000000-0000-4000-8000-000000000000", List.of(), requests, NOW, null);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> nobody.make(Set.of(GROUP))))
                .isInstanceOfSatisfying(
                        HttpOperationFailedException.class,
                        e -> assertThat(e.getStatusCode()).isEqualTo(404));
    }

    @Test
    void whatSomebodyTookAwayByHandIsGivenAgainAndStaysOurs() throws Exception {
        var before = done(Set.of(GROUP, ROLE)).kept().toArray(Holding[]::new);
        done(plan(Set.of(), null, before));

        var plan = plan(Set.of(GROUP, ROLE), held(), before);
        var handover = done(plan);

        assertThat(plan.asked()).hasSize(2).noneMatch(Holding::isConfirmed);
        assertThat(handover.kept()).extracting(Holding::grant).containsExactlyInAnyOrder(GROUP, ROLE);
        assertThat(held().grants()).containsExactlyInAnyOrder(GROUP, ROLE);
        var role = handover.kept().stream()
                .filter(one -> one.grant().equals(ROLE))
                .findFirst()
                .orElseThrow();
        assertThat(role.assignmentId()).isEqualTo(held().assignments().get(ROLE));
    }

    @Test
    void whatIsSeenToBeThereIsNotAskedFor() throws Exception {
        var before = done(Set.of(GROUP, ROLE)).kept().toArray(Holding[]::new);

        assertThat(plan(Set.of(GROUP, ROLE), held(), before).orders()).isEmpty();
    }

    @Test
    void aRoleThatSomebodyElseGaveAfterOursWasTakenAwayIsLeftAlone() throws Exception {
        var ours = done(Set.of(ROLE)).kept().toArray(Holding[]::new);
        done(plan(Set.of(), null, ours));
        done(Set.of(ROLE));

        var handover = done(plan(Set.of(), held(), new Holding(ada, ROLE, ours[0].assignmentId(), LONG_AGO, LONG_AGO)));

        assertThat(handover.gone()).hasSize(1);
        assertThat(held().grants()).containsExactly(ROLE);
    }
}
