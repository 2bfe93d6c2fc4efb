package dev.usher.entra;

import com.fasterxml.jackson.core.JacksonException;
import dev.usher.watermark.Lateness;
import dev.usher.watermark.SourceGap;
import dev.usher.watermark.Watermark;
import dev.usher.watermark.Watermarks;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Polls the directory audit log; the bean {@code auditLogPoll} of the route {@code poll-entra-audit-log}, which calls
 * {@link #begin}, then for each page {@link #page}, publishes its events, {@link #advance}, and at last {@link #end}.
 *
 * <p>A page is published before the watermark moves: a crash in between publishes it again, which harms nothing.
 */
@Component("auditLogPoll")
@EnableConfigurationProperties(PollSettings.class)
public final class AuditLogPoll {

    /** The source of the events, and the name of the watermark. */
    public static final String SOURCE = "/entra/audit-log";

    private static final Logger log = LoggerFactory.getLogger(AuditLogPoll.class);
    private static final Duration STORE_WHEN_IDLE = Duration.ofMinutes(1);
    /** Permits kept for heads: two polls in ten seconds find one even while stretches are read again. */
    private static final int KEPT_FOR_HEADS = 2;

    private static final int BROKEN_SHOWN = 5;
    /** The share of late records that the deep overlap is to cover. */
    private static final double MOST_LATE = 0.999;

    private final AuditLog audits;
    private final Watermarks watermarks;
    private final ApplicationEventPublisher listeners;
    private final Clock clock;
    private final Pause pause;
    private final PollSettings settings;
    private final SweepPlan plan;
    private final BackSweeps backSweeps;
    private final Pace pace;
    private final BackOff backOff;
    private final Lateness lateness;
    private final Covered covered = new Covered();
    private volatile @Nullable Watermark last;
    private volatile @Nullable Instant endedAt;

    AuditLogPoll(
            AuditLog audits,
            Watermarks watermarks,
            Lateness lateness,
            PollSettings settings,
            ApplicationEventPublisher listeners,
            Clock clock,
            Pause pause) {
        this.audits = audits;
        this.watermarks = watermarks;
        this.listeners = listeners;
        this.clock = clock;
        this.pause = pause;
        this.settings = settings;
        this.lateness = lateness;
        this.plan = new SweepPlan(settings, () -> lateness.within(SOURCE, MOST_LATE));
        this.backSweeps = new BackSweeps(plan);
        this.pace = new Pace(settings.requests(), settings.per(), clock);
        this.backOff = new BackOff(clock);
    }

    /** Begins a poll; one without any page while a failure of an earlier one is being waited out. */
    public AuditPoll begin() {
        var now = clock.instant();
        var stored = watermarks.find(SOURCE);
        if (stored == null) {
            stored = Watermark.begin(SOURCE, now.minus(settings.startBack()), now);
            watermarks.advance(stored, Map.of());
            log.info("Audit log: reading begins with what happened since {}", stored.begunAt());
        }
        var mark = last == null ? stored : stored.with(last);
        if (backOff.waiting()) {
            return new AuditPoll(mark, null);
        }
        noticeGap(mark, now);
        return new AuditPoll(mark, plan.head(mark, watermarks.seenBefore(SOURCE, settings.reread()), now));
    }

    /** Reads the next page, waiting for its permit; a failure ends the poll and is told in one line. */
    public void page(AuditPoll poll) {
        var sweep = poll.sweep();
        if (sweep == null || sweep.reach() == Sweep.Reach.HEAD && !permit()) {
            poll.giveUp();
            return;
        }
        try {
            var page = call(sweep);
            backOff.succeeded();
            tellBroken(page);
            var ids = page.records().stream().map(AuditRecord::id).toList();
            poll.read(page, watermarks.unseen(SOURCE, ids));
        } catch (IOException | HttpOperationFailedException e) {
            backSweeps.drop();
            covered.interrupted();
            poll.giveUp();
            log.warn("Audit log: no poll before {}, because {}", backOff.failed(e), reason(e));
        }
    }

    /** Notes what was published of the page, and goes to the next one. */
    public void advance(AuditPoll poll) {
        var sweep = poll.sweep();
        if (sweep == null) {
            return;
        }
        var now = clock.instant();
        var times = poll.freshTimes();
        var mark = poll.mark();
        for (var time : times.values()) {
            mark = mark.reaching(time.isAfter(now) ? now : time);
        }
        if (!times.isEmpty()) {
            watermarks.advance(mark, times);
            noteLate(sweep, Collections.max(times.values()), now);
        }
        lateness.note(
                SOURCE,
                times.values().stream()
                        .filter(covered::contains)
                        .map(time -> Duration.between(time, now))
                        .toList());
        if (sweep.reach() == Sweep.Reach.HEAD) {
            if (poll.nextLink() != null) {
                poll.advance(mark, sweep.at(poll.nextLink()));
                return;
            }
            mark = plan.covered(mark, sweep);
            covered.until(sweep.began());
        } else {
            mark = backSweeps.read(sweep, poll.nextLink(), mark);
        }
        var next = backSweeps.next(mark, poll.headFrom(), now);
        poll.advance(mark, next != null && isAffordable(next, mark, now) ? next : null);
    }

    /** Only of the newest stretch: what older ones still bring is late by its nature. */
    private void noteLate(Sweep sweep, Instant newest, Instant now) {
        if (sweep.reach() == Sweep.Reach.HEAD) {
            watermarks.noteLate(SOURCE, newest.isAfter(now) ? Duration.ZERO : Duration.between(newest, now));
        }
    }

    /** Ends the poll, and tells in one line what it found if it found something. */
    public void end(AuditPoll poll) {
        if (poll.published() > 0) {
            log.info(
                    "Audit log: {} new events from {} records in {} calls, the newest {} s old",
                    poll.published(),
                    poll.read(),
                    poll.calls(),
                    Duration.between(poll.mark().newest(), clock.instant()).toSeconds());
        }
        if (poll.failed()) {
            return;
        }
        var now = clock.instant();
        endedAt = now;
        var mark = poll.mark();
        if (!now.isBefore(mark.polledAt().plus(STORE_WHEN_IDLE))) {
            mark = mark.polledAt(now);
            watermarks.advance(mark, Map.of());
        }
        last = mark;
    }

    /** When a poll of this process last came to its end; null when none did. The stored time is up to a minute older. */
    @Nullable
    Instant endedAt() {
        return endedAt;
    }

    private AuditPage call(Sweep sweep) throws IOException, HttpOperationFailedException {
        try {
            var link = sweep.nextLink();
            return link == null ? audits.page(sweep.query()) : audits.next(link);
        } finally {
            pace.answered();
        }
    }

    private boolean permit() {
        for (var wait = pace.take(0); !wait.isZero(); wait = pace.take(0)) {
            if (!pause.last(wait)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAffordable(Sweep sweep, Watermark mark, Instant now) {
        var kept = Math.min(KEPT_FOR_HEADS, settings.requests() - 1);
        return pace.take(kept).isZero() || plan.isOverdue(sweep, mark, now) && permit();
    }

    private void noticeGap(Watermark mark, Instant now) {
        var floor = now.minus(settings.retention());
        if (mark.polledAt().isBefore(floor)) {
            var gap = new Watermark.Gap(mark.polledAt(), floor);
            log.warn(
                    "Audit log: not read since {}, and Entra keeps records only since {}: what happened in between is"
                            + " missing until the directory is reconciled",
                    gap.from(),
                    gap.to());
            watermarks.noteGap(SOURCE, gap);
            listeners.publishEvent(new SourceGap(SOURCE, gap));
        }
    }

    private static void tellBroken(AuditPage page) {
        if (!page.broken().isEmpty()) {
            log.warn(
                    "Audit log: {} records cannot be read and are skipped, among them {}",
                    page.broken().size(),
                    page.broken().stream().limit(BROKEN_SHOWN).toList());
        }
    }

    /** Without the words of what could not be read: they quote the answer, which holds people. */
    static String reason(Exception e) {
        if (e instanceof HttpOperationFailedException http) {
            return "it was answered " + http.getStatusCode() + " " + http.getStatusText();
        }
        var kind = e.getClass().getSimpleName();
        return e instanceof JacksonException
                ? kind
                : kind + ": "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
