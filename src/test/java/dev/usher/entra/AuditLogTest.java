package dev.usher.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.TestClock;
import dev.usher.sandbox.Sandbox;
import dev.usher.sandbox.SandboxPorts;
import dev.usher.sandbox.entra.SignUp;
import dev.usher.token.SandboxTokens;
import dev.usher.vendor.TestCalls;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    private final TestClock clock = new TestClock();
    private Sandbox sandbox;
    private AuditLog audits;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxPorts.random(), clock);
        var settings = new EntraSettings(
                URI.create(sandbox.properties().get("usher.entra.graph-url")), null, List.of(), Duration.ofSeconds(15));
        audits = new AuditLog(new Graph(settings, SandboxTokens.of(sandbox, clock), TestCalls.uncounted()));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void pagesFollowEachOtherFromOldToNewAndOnlyWhatWasAskedFor() throws Exception {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            ids.add(signUp("user" + i));
            clock.advance(Duration.ofSeconds(1));
        }
        var from = clock.instant().minusSeconds(4);
        sandbox.entra().tenant().delete(ids.get(2));
        clock.advance(Duration.ofSeconds(1));
        signUp("after");

        var first = audits.page(new AuditQuery(from, clock.instant().minusMillis(1), List.of("Add user"), 3));
        var second = audits.next(first.nextLink());

        assertThat(first.records()).extracting(AuditRecord::subject).containsExactlyElementsOf(ids.subList(1, 4));
        assertThat(second.records()).extracting(AuditRecord::subject).containsExactly(ids.get(4));
        assertThat(second.nextLink()).isNull();
    }

    @Test
    void theTokenDoesNotFollowALinkToAnotherHost() {
        var elsewhere = "http://127.0.0.1:" + (sandbox.port("stripe")) + "/v1.0/auditLogs/directoryAudits";

        assertThatThrownBy(() -> audits.next(elsewhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the token is not sent there");
        assertThat(sandbox.stripe().calls()).isEmpty();
    }

    private String signUp(String name) throws IOException {
        return sandbox.entra()
                .tenant()
                .signUp(SignUp.of(new ObjectMapper().readTree("{\"email\":\"" + name + "@shop.test\"}")));
    }
}
