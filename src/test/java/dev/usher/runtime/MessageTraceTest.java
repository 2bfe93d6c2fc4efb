package dev.usher.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.debugger.BacklogTracer;
import org.junit.jupiter.api.Test;

class MessageTraceTest {

    private final BacklogTracer tracer = BacklogTracer.createTracer(new DefaultCamelContext());

    @Test
    void aTraceThatNobodyEndsEndsByItself() {
        var view = new MessageTrace.View(tracer, Duration.ofMillis(100));

        view.setEnabled(true);

        assertThat(view.getEnabled()).isTrue();
        await("the end").atMost(Duration.ofSeconds(5)).until(() -> !view.getEnabled());
    }

    @Test
    void aTraceIsBoundedWhateverIsAsked() {
        var view = new MessageTrace.View(tracer, Duration.ofMinutes(10));

        view.setBodyMaxChars(1_000_000);
        view.setBodyIncludeStreams(true);

        assertThat(tracer.getBacklogSize()).isEqualTo(500);
        assertThat(view.getBodyMaxChars()).isZero();
        assertThat(tracer.isBodyIncludeStreams()).isFalse();
    }
}
