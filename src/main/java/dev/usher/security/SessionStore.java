package dev.usher.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

/**
 * The sessions of both ports, in memory: one sign-in serves the console and the management port, and a restart ends it.
 * Bounded: visitors who never sign in cannot fill the memory, nor push out who has signed in.
 *
 * <p>A session that was ended stays ended, even when a request that began before is still running and stores it afterwards.
 */
final class SessionStore implements SessionRepository<MapSession> {

    private static final Duration OF_VISITORS = Duration.ofMinutes(10);
    private static final String KEY = "usher.session";

    private final SecuritySettings.Sessions settings;
    private final Clock clock;
    /** By a key that stays when the id is changed at the sign-in. */
    private final Map<String, MapSession> sessions = new HashMap<>();

    private final Map<String, String> keys = new HashMap<>();

    SessionStore(SecuritySettings.Sessions settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized MapSession createSession() {
        makeRoom();
        var session = new MapSession();
        session.setMaxInactiveInterval(OF_VISITORS);
        session.setAttribute(KEY, UUID.randomUUID().toString());
        put(key(session), session);
        return session;
    }

    @Override
    public synchronized void save(MapSession session) {
        var key = key(session);
        var before = sessions.get(key);
        if (before == null) {
            return;
        }
        var name = user(session);
        if (name != null) {
            session.setMaxInactiveInterval(settings.idle());
        }
        keys.remove(before.getId());
        put(key, session);
        if (name != null && user(before) == null) {
            endOldest(name);
        }
    }

    private void put(String key, MapSession session) {
        keys.put(session.getId(), key);
        sessions.put(key, new MapSession(session));
    }

    @Override
    public synchronized @Nullable MapSession findById(String id) {
        var key = keys.get(id);
        var session = key == null ? null : sessions.get(key);
        if (session == null) {
            return null;
        }
        if (isOver(session)) {
            end(session);
            return null;
        }
        return new MapSession(session);
    }

    @Override
    public synchronized void deleteById(String id) {
        var key = keys.get(id);
        var session = key == null ? null : sessions.get(key);
        if (session != null) {
            end(session);
        }
    }

    synchronized int size() {
        return sessions.size();
    }

    private boolean isOver(MapSession session) {
        return session.isExpired()
                || session.getCreationTime().plus(settings.longest()).isBefore(clock.instant());
    }

    private void end(MapSession session) {
        keys.remove(session.getId());
        sessions.remove(key(session));
    }

    /** Visitors make room first, and whoever was idle longest. */
    private void makeRoom() {
        if (sessions.size() < settings.most()) {
            return;
        }
        List.copyOf(sessions.values()).stream().filter(this::isOver).forEach(this::end);
        while (sessions.size() >= settings.most()) {
            sessions.values().stream()
                    .min(Comparator.comparing((MapSession session) -> user(session) != null)
                            .thenComparing(MapSession::getLastAccessedTime))
                    .ifPresent(this::end);
        }
    }

    private void endOldest(String name) {
        var own = sessions.values().stream()
                .filter(session -> name.equals(user(session)))
                .sorted(Comparator.comparing(MapSession::getLastAccessedTime))
                .toList();
        own.stream().limit(Math.max(0, own.size() - settings.perUser())).forEach(this::end);
    }

    private static String key(MapSession session) {
        return String.valueOf((Object) session.getAttribute(KEY));
    }

    private static @Nullable String user(MapSession session) {
        Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        return context instanceof SecurityContext signedIn && signedIn.getAuthentication() != null
                ? signedIn.getAuthentication().getName()
                : null;
    }
}
