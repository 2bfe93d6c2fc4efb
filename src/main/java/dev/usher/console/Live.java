package dev.usher.console;

import dev.usher.flow.Flow;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Keeps parts of pages live for everybody who watches them, by server-sent events. A part is looked at once for all of its
 * watchers; a watcher costs a connection and no thread, and is gone with the session. Whoever comes when there are too many
 * gets one event and is asked to come again a little later.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
@Component
final class Live implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    private static final int MOST_WATCHERS = 50;
    private static final int SENDERS = 3;
    private static final long EVERY = 2;
    /** Whoever watches, the figures are kept up every so many ticks, so that the next page is quick. */
    private static final int REST = 8;

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration COME_AGAIN = Duration.ofSeconds(3);
    private static final Duration COME_AGAIN_WHEN_FULL = Duration.ofSeconds(15);

    private final Flow flow;
    private final SessionRepository<?> sessions;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private @Nullable ScheduledExecutorService timer;
    private @Nullable ExecutorService senders;
    private int ticks;

    Live(Flow flow, SessionRepository<?> sessions) {
        this.flow = flow;
        this.sessions = sessions;
    }

    /** One open page. While something is still being sent to it, what comes after is left out. */
    private record Watcher(
            String session,
            String part,
            Supplier<String> look,
            SseEmitter emitter,
            AtomicBoolean busy,
            AtomicReference<@Nullable String> seen) {}

    /**
     * Begins to watch: what there is comes at once, and then every two seconds when it is something else.
     *
     * @param session id of the session of who watches
     * @param part its address; equal parts are looked at once
     * @param look what is sent, on one line; a part that cannot be looked at now is left as it is
     */
    SseEmitter watch(String session, String part, Supplier<String> look) {
        var emitter = new SseEmitter(LONGEST.toMillis());
        var watcher = new Watcher(session, part, look, emitter, new AtomicBoolean(), new AtomicReference<>());
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
            send(watcher, look(watcher), full ? COME_AGAIN_WHEN_FULL : COME_AGAIN);
            if (full) {
                emitter.complete();
            }
        });
        return emitter;
    }

    private void tick() {
        try {
            ticks++;
            if (ticks % REST == 1) {
                flow.keepUp();
            }
            endWithTheirSessions();
            var pool = senders;
            if (watchers.isEmpty() || pool == null) {
                return;
            }
            var seen = new HashMap<String, Optional<String>>();
            watchers.forEach(watcher -> {
                var content = seen.computeIfAbsent(watcher.part(), part -> Optional.ofNullable(look(watcher)));
                if (!watcher.busy().get()) {
                    pool.execute(() -> send(watcher, content.orElse(null), COME_AGAIN));
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("The live parts were not sent", e);
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

    private static @Nullable String look(Watcher watcher) {
        try {
            return watcher.look().get();
        } catch (RuntimeException e) {
            LOG.debug("A live part was not looked at", e);
            return null;
        }
    }

    /** An event, or a comment when nothing is new, by which a page that was closed is noticed. */
    private void send(Watcher watcher, @Nullable String content, Duration again) {
        if (!watcher.busy().compareAndSet(false, true)) {
            return;
        }
        try {
            boolean isNew = content != null && !content.equals(watcher.seen().getAndSet(content));
            watcher.emitter()
                    .send(
                            isNew
                                    ? SseEmitter.event()
                                            .reconnectTime(again.toMillis())
                                            .data(content)
                                    : SseEmitter.event().comment(""));
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
