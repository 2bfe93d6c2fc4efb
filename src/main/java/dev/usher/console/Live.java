package dev.usher.console;

import dev.usher.flow.Flow;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * Sends the live part of the overview to everybody who watches, by server-sent events. It is made once for all of them; a
 * watcher costs a connection and no thread, and is gone with the session. Whoever comes when there are too many gets one
 * event and is asked to come again a little later.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
@Component
final class Live implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final int MOST_WATCHERS = 50;
    private static final int SENDERS = 3;
    private static final long EVERY = 2;
    /** Nobody watches: the figures are kept up every so many ticks, so that the next page is quick. */
    private static final int REST = 8;

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration COME_AGAIN = Duration.ofSeconds(3);
    private static final Duration COME_AGAIN_WHEN_FULL = Duration.ofSeconds(15);
    private static final String NO_FIGURES =
            "<div class=\"note bad\"><p><strong>Usher has no figures.</strong> The database does"
                    + " not answer. What is queued waits for it; look at the log.</p></div>";

    private final Flow flow;
    private final ITemplateEngine templates;
    private final SessionRepository<?> sessions;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService timer;
    private @Nullable ExecutorService senders;
    private int ticks;

    Live(Flow flow, ITemplateEngine templates, SessionRepository<?> sessions) {
        this.flow = flow;
        this.templates = templates;
        this.sessions = sessions;
    }

    /** One open page. While something is still being sent to it, what comes after is left out. */
    private record Watcher(String session, SseEmitter emitter, AtomicBoolean busy) {}

    /**
     * Begins to watch: the figures come at once, and then every two seconds.
     *
     * @param session id of the session of who watches
     */
    SseEmitter watch(String session) {
        var emitter = new SseEmitter(LONGEST.toMillis());
        var watcher = new Watcher(session, emitter, new AtomicBoolean());
        boolean full = watchers.size() >= MOST_WATCHERS;
        if (!full) {
            watchers.add(watcher);
            emitter.onCompletion(() -> watchers.remove(watcher));
            emitter.onTimeout(emitter::complete);
            emitter.onError(failure -> watchers.remove(watcher));
        }
        var pool = senders;
        if (pool == null) {
            emitter.complete();
            return emitter;
        }
        pool.execute(() -> {
            send(watcher, html(), full ? COME_AGAIN_WHEN_FULL : COME_AGAIN);
            if (full) {
                emitter.complete();
            }
        });
        return emitter;
    }

    private void tick() {
        try {
            ticks++;
            endWithTheirSessions();
            var pool = senders;
            if (watchers.isEmpty() || pool == null) {
                if (ticks % REST == 1) {
                    flow.keepUp();
                }
                return;
            }
            var html = html();
            watchers.forEach(watcher -> {
                if (!watcher.busy().get()) {
                    pool.execute(() -> send(watcher, html, COME_AGAIN));
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("The live figures were not taken", e);
        }
    }

    private void endWithTheirSessions() {
        for (var watcher : watchers) {
            if (sessions.findById(watcher.session()) == null) {
                watchers.remove(watcher);
                watcher.emitter().complete();
            }
        }
    }

    private String html() {
        try {
            var view = OverviewPage.View.of(flow.now());
            return templates
                    .process("live", new Context(Locale.ENGLISH, Map.of("view", view)))
                    .replaceAll("\\s*\\R\\s*", " ");
        } catch (RuntimeException e) {
            LOG.debug("The live figures were not taken", e);
            return NO_FIGURES;
        }
    }

    private void send(Watcher watcher, String html, Duration again) {
        if (!watcher.busy().compareAndSet(false, true)) {
            return;
        }
        try {
            watcher.emitter()
                    .send(SseEmitter.event().reconnectTime(again.toMillis()).data(html));
        } catch (IOException | IllegalStateException e) {
            // the page was closed; the container completes the emitter
            watchers.remove(watcher);
        } finally {
            watcher.busy().set(false);
        }
    }

    @Override
    public synchronized void start() {
        var threads = new CustomizableThreadFactory("live-");
        threads.setDaemon(true);
        senders = Executors.newFixedThreadPool(SENDERS, threads);
        timer = Executors.newSingleThreadScheduledExecutor(threads);
        timer.scheduleWithFixedDelay(this::tick, EVERY, EVERY, TimeUnit.SECONDS);
    }

    /** Before the web server stops, which would wait for every page that is open. */
    @Override
    public synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
            timer = null;
        }
        if (senders != null) {
            senders.shutdownNow();
            senders = null;
        }
        watchers.forEach(watcher -> watcher.emitter().complete());
        watchers.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }
}
