package dev.usher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Everything that is logged in this process, by whatever logger, however often products start and set the logging up anew. */
public final class AllLogged implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Listener listener = new Listener();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLoggerName() + ": " + event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                ThrowableProxyUtil.asString(event.getThrowableProxy()).lines().forEach(lines::add);
            }
        }
    };

    /** Listens until it is closed. */
    public AllLogged() {
        appender.setContext(context);
        attach();
        context.addListener(listener);
    }

    /** Also anew: a reset stops every appender that it takes away. */
    private void attach() {
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    /** Each message, and each line of a stack trace. */
    public Stream<String> lines() {
        return lines.stream();
    }

    @Override
    public void close() {
        context.removeListener(listener);
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    }

    private final class Listener implements LoggerContextListener {

        @Override
        public boolean isResetResistant() {
            return true;
        }

        @Override
        public void onReset(LoggerContext reset) {
            attach();
        }

        @Override
        public void onStart(LoggerContext started) {
            // it is attached already
        }

        @Override
        public void onStop(LoggerContext stopped) {
            // nothing is logged any more
        }

        @Override
        public void onLevelChange(Logger logger, Level level) {
            // whatever is logged is of interest
        }
    }
}
