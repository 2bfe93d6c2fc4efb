package dev.usher.dataverse;

import dev.usher.dataverse.ChangeLink.Phase;
import dev.usher.watermark.SourceGap;
import dev.usher.watermark.Watermark;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Reads the changes of contacts behind the webhook, which is tried twice at most; the bean {@code contactChanges} of the
 * route {@code poll-dataverse-contacts}. A page is published before its link is stored: a crash in between publishes it
 * again, which harms nothing. A row that Usher itself wrote last is not dropped: somebody else's change may be under it.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems">Change
 *     tracking</a>
 */
@Component("contactChanges")
public final class ContactChanges {

    /** The source of the events, and the name of the stored link. */
    public static final String SOURCE = "/dataverse/change-tracking";

    private static final Logger log = LoggerFactory.getLogger(ContactChanges.class);
    private static final Set<Integer> SAYS_NOTHING_OF_THE_LINK = Set.of(401, 403, 408, 429);
    private static final Duration UNNAMED_PAUSE = Duration.ofSeconds(10);

    private final WebApi api;
    private final ChangeLinks links;
    private final ApplicationUser ourselves;
    private final DataverseSettings settings;
    private final ApplicationEventPublisher listeners;
    private final Clock clock;
    private volatile Instant quietUntil = Instant.EPOCH;

    ContactChanges(
            WebApi api,
            ChangeLinks links,
            ApplicationUser ourselves,
            DataverseSettings settings,
            ApplicationEventPublisher listeners,
            Clock clock) {
        this.api = api;
        this.links = links;
        this.ourselves = ourselves;
        this.settings = settings;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** Begins a poll; one without any page while a failure of an earlier one is waited out. */
    public ChangePoll begin() {
        var now = clock.instant();
        if (now.isBefore(quietUntil)) {
            return new ChangePoll(null);
        }
        var stored = links.find(SOURCE);
        if (stored == null) {
            var all = settings.changes().start() == DataverseSettings.Start.ALL;
            log.info("Contacts: all are read once, {}", all ? "and those of portal users routed" : "none is routed");
            return new ChangePoll(fromTheBeginning(all ? Phase.FULL : Phase.SILENT, now));
        }
        return new ChangePoll(stored);
    }

    private ChangeLink fromTheBeginning(Phase phase, Instant now) {
        var select = "contacts?$select=" + String.join(",", Contact.selected(settings.columns()));
        return new ChangeLink(select, phase, now, now);
    }

    /** Reads the next page; a failure ends the poll and is told in one line. An expired link begins a full reading. */
    public void page(ChangePoll poll) {
        var at = poll.next();
        if (at == null) {
            return;
        }
        try {
            ourselves.learn();
            var preferences = "odata.track-changes,odata.maxpagesize="
                    + settings.changes().pageSize();
            poll.read(ContactPage.of(api.get(at.link(), preferences), at, settings.columns(), clock.instant()));
        } catch (HttpOperationFailedException e) {
            if (isExpired(at, e)) {
                beginAnew(poll, at, e);
            } else {
                giveUp(poll, "it was answered " + e.getStatusCode() + " " + e.getStatusText(), retryAfter(e));
            }
        } catch (IOException e) {
            giveUp(poll, "there was no answer: " + e.getClass().getSimpleName(), UNNAMED_PAUSE);
        }
    }

    /** Any other refusal of a link that Dataverse gave means that it no longer knows it. */
    private boolean isExpired(ChangeLink at, HttpOperationFailedException e) {
        return at.link().contains("://")
                && e.getStatusCode() < 500
                && !SAYS_NOTHING_OF_THE_LINK.contains(e.getStatusCode());
    }

    private void beginAnew(ChangePoll poll, ChangeLink at, HttpOperationFailedException e) {
        var now = clock.instant();
        var phase = at.phase() == Phase.SILENT ? Phase.SILENT : Phase.FULL;
        log.warn(
                "Contacts: Dataverse no longer knows what changed since {} ({} {}): all contacts are read again, and the"
                        + " directory is to be reconciled",
                at.readAt(),
                e.getStatusCode(),
                e.getStatusText());
        if (phase == Phase.FULL) {
            listeners.publishEvent(new SourceGap(SOURCE, new Watermark.Gap(at.readAt(), now)));
        }
        var from = fromTheBeginning(phase, now);
        poll.restart(from);
    }

    private void giveUp(ChangePoll poll, String reason, Duration pause) {
        quietUntil = clock.instant().plus(pause);
        poll.advance(null);
        log.warn("Contacts: no poll before {}, because {}", quietUntil, reason);
    }

    private static Duration retryAfter(HttpOperationFailedException e) {
        var named =
                e.getResponseHeaders() == null ? null : e.getResponseHeaders().get("Retry-After");
        return named != null && named.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(named)) : UNNAMED_PAUSE;
    }

    /** Stores the link behind the page that was published, and goes on to it if it is another page. */
    public void advance(ChangePoll poll) {
        var at = poll.next();
        var after = poll.after();
        if (at == null || after == null) {
            return;
        }
        links.put(SOURCE, after);
        poll.advance(poll.isLast() ? null : after);
    }

    /** Ends the poll, and tells in one line what it found if it found something. */
    public void end(ChangePoll poll) {
        if (poll.published() > 0) {
            log.info("Contacts: {} changes", poll.published());
        }
    }
}
