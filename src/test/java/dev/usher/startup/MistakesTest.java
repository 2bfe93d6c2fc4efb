package dev.usher.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each mistake, made in an otherwise right configuration, is told with what, where and what to do, and nothing else. */
@ExtendWith(OutputCaptureExtension.class)
class MistakesTest {

    private static final String STRIPE = "routes/destinations/stripe/deliver-stripe.camel.yaml";

    @TempDir
    Path folder;

    private Workplace workplace;

    @BeforeEach
    void setUp() throws IOException {
        workplace = new Workplace(folder);
    }

    private void assertTold(CapturedOutput output, String... parts) {
        workplace.fails();

        var told = output.getAll();
        assertThat(told).contains("APPLICATION FAILED TO START").contains(parts);
        assertThat(told).doesNotContain("\tat ").doesNotContain("Caused by:");
    }

    @Test
    void aRightConfigurationStartsAndTellsItsSettings(CapturedOutput output) {
        workplace
                .set("usher.destinations.stripe.api-key", "rk_test_never_shown")
                .starts();

        assertThat(output.getAll())
                .contains("Settings: destination stripe ")
                .contains("api-key=set")
                .contains("hash-key=set")
                .doesNotContain("rk_test_never_shown")
                .doesNotContain("operator@usher.test");
    }

    @Test
    void aSalesforceThatIsSwitchedOffNeedsNoSettings() {
        workplace
                .set("usher.destinations.salesforce.enabled", "false")
                .set("usher.destinations.salesforce.url", "")
                .set("usher.tokens.salesforce.client-id", "")
                .set("usher.tokens.salesforce.client-secret", "")
                .starts();
    }

    @Test
    void aLoginToSalesforceThatIsNotCompleteIsTold(CapturedOutput output) {
        workplace
                .set("usher.destinations.salesforce.url", "http://acme.my.salesforce.com")
                .set("usher.tokens.salesforce.client-id", "")
                .set("usher.tokens.salesforce.client-secret", "");

        assertTold(
                output,
                "usher.tokens.salesforce.token-url is 'http://acme.my.salesforce.com/services/oauth2/token'",
                "plain http is for a loopback address only",
                "usher.tokens.salesforce.client-id is not set",
                "neither is set; set exactly one of them");
    }

    @Test
    void aReserveThatIsNoShareIsTold(CapturedOutput output) {
        workplace.set("usher.destinations.salesforce.reserve.share", "10");

        assertTold(
                output,
                "usher.destinations.salesforce.reserve.share: is 10.0",
                "set 0 or more and less than 1, such as 0.1");
    }

    @Test
    void wordsOfADestinationThatNobodyKnowsAreTold(CapturedOutput output) {
        workplace
                .set("usher.destinations.dataverse.registration", "invitation_only")
                .set("usher.destinations.dataverse.model", "Enhanced")
                .set("usher.destinations.dataverse.contact-mapping", "no");

        assertTold(
                output,
                "usher.destinations.dataverse.registration: \"invitation_only\" is not known; set one of open,"
                        + " invitation-only",
                "usher.destinations.dataverse.model: \"Enhanced\" is not known",
                "set one of detect, standard, enhanced",
                "usher.destinations.dataverse.contact-mapping: \"no\" is not known");
    }

    @Test
    void aDestinationToWaitForThatIsNoneIsTold(CapturedOutput output) {
        workplace.set("usher.destinations.entra.settle-for", "strype");

        assertTold(
                output, "usher.destinations.entra.settle-for: names strype, which is no destination", "such as stripe");
    }

    @Test
    void aBlankHashKeyIsTold(CapturedOutput output) {
        workplace.set("usher.hash-key", "");

        assertTold(output, "usher.hash-key: is not set", "set USHER_HASH_KEY to at least 16 random characters");
    }

    @Test
    void allMistakesAreToldAtOnce(CapturedOutput output) throws IOException {
        workplace
                .set("usher.hash-key", "short")
                .replace(STRIPE, "kamelet:stripe-find-action", "kamelet:stripe-fnd-action");

        assertTold(output, "usher.hash-key: has 5 characters", "there is no kamelet stripe-fnd-action");
    }

    @Test
    void aMissingFolderOfRoutesIsTold(CapturedOutput output) {
        workplace.set("usher.routes", folder + "/nowhere");

        assertTold(output, folder + "/nowhere: there is no such folder of routes", "set usher.routes (USHER_ROUTES)");
    }

    @Test
    void routesThatAreNoYamlAreTold(CapturedOutput output) throws IOException {
        workplace.replace(STRIPE, "    nodePrefixId: stripe-", "  \tnodePrefixId: stripe-");

        assertTold(output, STRIPE + ":4: this is no YAML", "indent with blanks");
    }

    @Test
    void aConfigurationThatIsNoYamlIsTold(CapturedOutput output) throws IOException {
        workplace.replace("config/http.yaml", "camel:", "camel: {");

        assertTold(output, "this is no YAML", "Mend what is listed");
    }

    @Test
    void aMissingFileOfTheConfigurationIsTold(CapturedOutput output) throws IOException {
        workplace.replace("config/application.yaml", "alerts.yaml", "alrets.yaml");

        assertTold(output, "alrets.yaml", "spring.config.import in config/application.yaml");
    }

    @Test
    void jqThatDoesNotCompileIsTold(CapturedOutput output) throws IOException {
        workplace.write("routes/destinations/stripe/customer.jq", "{email: .data.");

        assertTold(output, "routes/destinations/stripe/customer.jq: the jq does not compile", "mend the file");
    }

    @Test
    void jqInARouteThatDoesNotCompileIsTold(CapturedOutput output) throws IOException {
        workplace.replace(
                "routes/router/who-gets-what.camel.yaml", "expression: \".active\"", "expression: \".active |\"");

        assertTold(output, "The route who-gets-what cannot be started", "who-gets-what.camel.yaml:2:", ".active |");
    }

    @Test
    void aMappingThatDoesNotExistIsTold(CapturedOutput output) throws IOException {
        workplace.replace(STRIPE, "/customer.jq", "/custmer.jq");

        assertTold(output, "The route deliver-stripe cannot be started", STRIPE + ":2:", "custmer.jq");
    }

    @Test
    void anAddressThatIsNoneIsToldWithoutIt(CapturedOutput output) {
        workplace.set("usher.alerts.to", "operator at usher.test");

        assertTold(output, "usher.alerts.to is no e-mail address", "set one, or several divided by commas");
        assertThat(output.getAll()).doesNotContain("operator at");
    }

    @Test
    void twoRoutesWithOneIdAreTold(CapturedOutput output) throws IOException {
        workplace.replace(
                "routes/sources/entra-audit-log/purge-seen-records.camel.yaml",
                "id: purge-seen-records",
                "id: poll-entra-audit-log");

        assertTold(
                output,
                "purge-seen-records.camel.yaml:2: the route id poll-entra-audit-log is taken by",
                "poll-entra-audit-log.camel.yaml:2; give one another id");
    }

    @Test
    void aKameletThatDoesNotExistIsTold(CapturedOutput output) throws IOException {
        workplace.replace(STRIPE, "kamelet:stripe-find-action", "kamelet:stripe-fnd-action");

        assertTold(output, STRIPE + ":", "there is no kamelet stripe-fnd-action", "add stripe-fnd-action.kamelet.yaml");
    }

    @Test
    void aBeanThatDoesNotExistIsTold(CapturedOutput output) throws IOException {
        workplace.replace(STRIPE, "ref: delivery, method: recall", "ref: delivry, method: recall");

        assertTold(output, STRIPE + ":12: NoSuchBeanException", "delivry", "may be misspelt");
    }

    @Test
    void aRouteForADestinationThatDoesNotExistIsTold(CapturedOutput output) throws IOException {
        workplace.replace(STRIPE, "jms:queue:deliver.stripe", "jms:queue:deliver.strpe");

        assertTold(
                output,
                STRIPE + ":2: the route takes from the queue deliver.strpe, but there is no such destination",
                "or correct the queue");
    }

    @Test
    void aDestinationWithoutConfigurationIsTold(CapturedOutput output) throws IOException {
        workplace.write(
                "routes/destinations/hubspot/deliver-hubspot.camel.yaml",
                "- route:\n    id: deliver-hubspot\n"
                        + "    from: {uri: \"jms:queue:deliver.hubspot\", steps: [{log: {message: hello}}]}\n");

        assertTold(
                output,
                "routes/destinations/hubspot: the destination has no configuration",
                "add usher.destinations.hubspot to config/destinations.yaml");
    }

    @Test
    void aDestinationWithoutARouteIsTold(CapturedOutput output) throws IOException {
        workplace.replace(STRIPE, "id: deliver-stripe", "id: deliver-payments");

        assertTold(
                output,
                STRIPE + ":2: the route takes from the queue deliver.stripe, but its id is deliver-payments",
                "name it deliver-stripe");
    }

    @Test
    void aRouteThatIsNotStartedIsTold(CapturedOutput output) throws IOException {
        workplace.replace(STRIPE, "    nodePrefixId: stripe-", "    nodePrefixId: stripe-\n    autoStartup: false");

        assertTold(output, "the destination is switched on, but no route deliver-stripe runs", "autoStartup");
    }

    @Test
    void aCronExpressionThatIsNoneIsTold(CapturedOutput output) {
        workplace.set("usher.alerts.cron", "every now and then");

        assertTold(
                output,
                "The route report-alarms cannot be started",
                "report-alarms.camel.yaml:2:",
                "CronExpression 'every now and then' is invalid");
    }

    @Test
    void aSecretThatIsNotSetIsTold(CapturedOutput output) {
        workplace.set("usher.destinations.stripe.api-key", "");

        assertTold(output, "usher.destinations.stripe.api-key is not set", "set it in config/");
    }

    @Test
    void aSettingThatDoesNotExistIsTold(CapturedOutput output) throws IOException {
        workplace.replace("routes/operations/report-alarms.camel.yaml", "usher.alerts.cron", "usher.alerts.corn");

        assertTold(output, "report-alarms.camel.yaml:", "usher.alerts.corn is not set", "correct the name");
    }

    @Test
    void aValueOfTheWrongKindIsTold(CapturedOutput output) {
        workplace.set("usher.destinations.stripe.retry.first", "soon");

        assertTold(output, "usher.destinations.stripe.retry.first", "soon");
    }

    @Test
    void aDatabaseOfADestinationWithoutUrlIsTold(CapturedOutput output) {
        workplace.set("usher.destinations.sql.data-source.url", "");

        assertTold(
                output,
                "usher.destinations.sql.data-source.url: is not set",
                "usher.destinations.sql.enabled to false");
    }

    @Test
    void aCredentialThatIsMissingIsTold(CapturedOutput output) {
        workplace.set("usher.tokens.graph.client-secret", "");

        assertTold(output, "usher.tokens.graph.client-secret", "none is set; set exactly one of them");
    }

    @Test
    void aWrongApplicationIdIsTold(CapturedOutput output) {
        workplace.set("usher.entra.extensions-app-id", "b2c-app");

        assertTold(output, "usher.entra.extensions-app-id is 'b2capp'", "32 hex digits");
    }

    @Test
    void aBirthrightThatCannotBeMeantSoIsTold(CapturedOutput output) {
        workplace
                .set("usher.destinations.birthrights.rules[0].name", "partners")
                .set("usher.destinations.birthrights.rules[0].group", "Partners")
                .set("usher.destinations.birthrights.rules[0].when", "$usher.customerType ==");

        assertTold(
                output,
                "usher.destinations.birthrights.rules[0] (partners): group is \"Partners\", which is no GUID",
                "write the object id of the group",
                "the jq of \"when\" fails");
    }

    @Test
    void aPortThatIsTakenIsTold(CapturedOutput output) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            workplace.set("server.port", String.valueOf(taken.getLocalPort()));

            assertTold(output, "Port " + taken.getLocalPort() + " is taken", "server.port (USHER_PORT)");
        }
    }

    @Test
    void aWrongPasswordOfTheDatabaseIsTold(CapturedOutput output) throws Exception {
        var url = "jdbc:h2:mem:guarded-" + folder.getFileName();
        try (var owner = DriverManager.getConnection(url, "usher", "right")) {
            assertThat(owner.isValid(1)).isTrue();
            workplace.set("spring.datasource.url", url).set("spring.datasource.password", "wrong-and-never-shown");

            assertTold(output, "refused the user name or the password", "DATABASE_PASSWORD");
            assertThat(output.getAll()).doesNotContain("wrong-and-never-shown");
        }
    }

    @Test
    void aSettingThatNobodyReadsIsToldWithItsPlaceAndTheOneThatWasMeant(CapturedOutput output) throws IOException {
        workplace
                .replace("config/destinations.yaml", "      on-deleted: archive", "      on-deleeted: archive")
                .replace("config/leaving.yaml", "      least: 10", "      leest: 10");

        assertTold(
                output,
                "config/destinations.yaml:" + line("config/destinations.yaml", "on-deleeted")
                        + ": nothing reads the setting"
                        + " usher.destinations.sql.on-deleeted; did you mean usher.destinations.sql.on-deleted?",
                "config/leaving.yaml:" + line("config/leaving.yaml", "leest") + ": nothing reads the setting",
                "did you mean usher.leaving.guard.least?");
    }

    @Test
    void aSettingInsideAGroupThatNobodyReadsIsTold(CapturedOutput output) throws IOException {
        workplace.replace("config/destinations.yaml", "retry: {first: 2s,", "retry: {frist: 2s,");

        assertTold(
                output,
                "config/destinations.yaml:" + line("config/destinations.yaml", "frist") + ": nothing reads the setting"
                        + " usher.router.retry.frist; did you mean usher.router.retry.first?");
    }

    @Test
    void aSettingOnTheCommandLineThatNobodyReadsIsTold(CapturedOutput output) {
        workplace.set("usher.destinations.stripe.on-deleeted", "keep");

        assertTold(
                output,
                "--usher.destinations.stripe.on-deleeted: nothing reads the setting",
                "did you mean usher.destinations.stripe.on-deleted?");
    }

    @Test
    void settingsOutOfTheirRangeAreToldWithTheirPlaces(CapturedOutput output) throws IOException {
        workplace
                .replace(
                        "config/destinations.yaml",
                        "retry: {first: 2s, most: 5m, attempts: 100}",
                        "retry: {attempts: 0}")
                .replace("config/destinations.yaml", "  patience: 10m", "  patience: -10m");

        assertTold(
                output,
                "config/destinations.yaml:" + line("config/destinations.yaml", "retry: {attempts: 0}")
                        + ": usher.router.retry.attempts: is 0; set 1 or more",
                "config/destinations.yaml:" + line("config/destinations.yaml", "patience: -10m")
                        + ": usher.patience: is -10m; set 0s or longer");
    }

    @Test
    void aSettingThatOneOfItsReadersRefusesIsToldWithItsPlace(CapturedOutput output) throws IOException {
        workplace.replace("config/storage.yaml", "group-buckets: 1024", "group-buckets: 0");

        assertTold(
                output,
                "config/storage.yaml:" + line("config/storage.yaml", "group-buckets")
                        + ": usher.broker.group-buckets is 0: set 1 or more");
    }

    /** From 1. */
    private int line(String file, String text) throws IOException {
        var lines = Files.readAllLines(folder.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError(text + " does not stand in " + file);
    }
}
