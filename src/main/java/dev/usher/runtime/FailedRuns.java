package dev.usher.runtime;

import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.springframework.stereotype.Component;

/** Tells of runs by the timer that failed, such as a poll while the broker is gone; the next run tries again. */
@Component
final class FailedRuns extends EventNotifierSupport {

    private final RareWarnings warnings;

    FailedRuns(RareWarnings warnings) {
        this.warnings = warnings;
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeSendingEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeFailedEvent failed
                && failed.getExchange().getFromEndpoint() instanceof QuartzEndpoint) {
            warnings.tell(
                    failed.getExchange().getFromRouteId() + ": this run failed, the next one tries again",
                    failed.getExchange().getException());
        }
    }
}
