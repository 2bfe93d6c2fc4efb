package dev.usher.dataverse;

import dev.usher.alert.Alarm;
import dev.usher.alert.AlertLimits;
import dev.usher.alert.Sighting;
import dev.usher.delivery.PauseNotes;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Raised while Dataverse has not given contacts for longer than {@code usher.alerts.limits.paused}. */
@Component
final class ContactsAlarm implements Alarm {

    private final PauseNotes notes;
    private final UnreadContacts unread;
    private final Duration limit;
    private final Clock clock;

    ContactsAlarm(PauseNotes notes, UnreadContacts unread, AlertLimits limits, Clock clock) {
        this.notes = notes;
        this.unread = unread;
        this.limit = limits.paused();
        this.clock = clock;
    }

    @Override
    public String name() {
        return "contacts-unread";
    }

    @Override
    public Sighting look() {
        return notes.all().stream()
                .filter(pausing -> pausing.destination().equals(PauseNotes.CONTACTS))
                .filter(pausing -> !pausing.since().isAfter(clock.instant().minus(limit)))
                .findFirst()
                .map(this::trouble)
                .orElseGet(() -> Sighting.clear("Dataverse gives its contacts"));
    }

    private Sighting trouble(PauseNotes.Pausing pausing) {
        var since = pausing.since().truncatedTo(ChronoUnit.SECONDS);
        return Sighting.trouble(
                "Dataverse has not given contacts since " + since,
                "Since " + since + " the contacts of Dataverse cannot be read: " + pausing.reason()
                        + ". Who never had a contact is routed as the directory shows them: " + unread.count()
                        + " users so far, who are looked at again once Dataverse answers. Changes of users who have a contact"
                        + " wait, and so does a reconciliation; nothing is lost or given up.\n\n"
                        + "What to do: 401 or 403 is the credential, the application user or its security role; 400 is"
                        + " usually a column under usher.dataverse.columns that contacts do not have; otherwise see the"
                        + " state of the environment. The command doctor tries each.");
    }
}
