package dev.usher.router;

import dev.usher.dataverse.Contacts;
import dev.usher.delivery.Refused;
import dev.usher.event.IdentityEvent;
import dev.usher.projection.Projections;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whose contact it is that an event speaks of. */
@Component
final class ContactOwners {

    private final Contacts contacts;
    private final Projections projections;

    ContactOwners(Contacts contacts, Projections projections) {
        this.contacts = contacts;
        this.projections = projections;
    }

    /**
     * @param objectId null when the event ends here
     * @param refusal why it does, or would
     */
    record Owner(@Nullable String objectId, String refusal) {}

    /**
     * The user a contact belongs to; of a contact that is gone, the user it was last seen with.
     *
     * @throws Refused when the event names neither a user nor a contact
     * @throws dev.usher.delivery.HeldBack when Dataverse does not give the contact now
     */
    Owner of(IdentityEvent event) {
        var contactId = event.about();
        if (contactId == null) {
            throw new Refused("the event names no user");
        }
        var contact = event.type().equals("contact.deleted") ? null : contacts.find(contactId);
        return contact == null
                ? new Owner(
                        projections.userOf(contactId), "a contact that is gone, and that was never seen with a user")
                : new Owner(contact.objectId(), "not a portal user");
    }
}
