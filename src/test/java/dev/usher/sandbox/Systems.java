package dev.usher.sandbox;

import dev.usher.sandbox.dataverse.DataverseSystem;
import dev.usher.sandbox.entra.EntraSystem;
import dev.usher.sandbox.mail.MailSystem;
import dev.usher.sandbox.mailchimp.MailchimpSystem;
import dev.usher.sandbox.salesforce.SalesforceSystem;
import dev.usher.sandbox.server.SimulatedSystem;
import dev.usher.sandbox.sql.SqlSystem;
import dev.usher.sandbox.stripe.StripeSystem;
import java.time.Clock;
import java.util.List;

/** The one list of simulated systems: a new one is a class and a line here. */
final class Systems {
    private Systems() {}

    static List<SimulatedSystem> all(Clock clock) {
        EntraSystem entra = new EntraSystem(clock);
        return List.of(
                entra,
                new StripeSystem(clock),
                new MailchimpSystem(clock),
                new SalesforceSystem(clock),
                new SqlSystem(),
                new DataverseSystem(clock, entra::acceptsFromWorkforce),
                new MailSystem(clock));
    }
}
