package dev.usher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** A tiny project in which nothing is to mend, to be spoiled in one place. */
final class Sample {

    static final String ROUTE = "routes/destinations/acme/deliver-acme.camel.yaml";
    static final String KAMELET = "routes/destinations/acme/call-acme.kamelet.yaml";
    static final String MAPPING = "routes/destinations/acme/customer.jq";
    static final String STATEMENT = "routes/destinations/acme/upsert.sql";
    static final String POLICY = "routes/shared/deliver-or-park.camel.yaml";
    static final String HELPER = "routes/operations/record-outcome.camel.yaml";
    static final String SETTINGS = "config/acme.yaml";
    static final String SCENARIO = "src/test/scenarios/acme/a-new-user-becomes-a-customer.yaml";

    private static final Map<String, String> FILES = Map.of(
            ROUTE,
            """
            - route:
                id: deliver-acme
                description: Brings the customer at Acme up to date with the user.
                routeConfigurationId: deliver-or-park
                from:
                  uri: jms:queue:deliver.acme
                  parameters:
                    concurrentConsumers: "{{usher.destinations.acme.concurrent}}"
                    transacted: true
                  steps:
                    - setVariable:
                        name: customer
                        expression:
                          jq:
                            expression: resource:file:routes/destinations/acme/customer.jq
                    - choice:
                        id: by-consent
                        when:
                          - expression:
                              simple:
                                expression: "${variable.consent} == true"
                            steps:
                              - to:
                                  id: call
                                  uri: kamelet:call-acme
                                  parameters:
                                    path: /customers
                                    apiKey: "{{usher.destinations.acme.api-key}}"
                        otherwise:
                          steps:
                            - log:
                                message: "${header.userId} did not consent"
                    - to:
                        uri: sql:file:routes/destinations/acme/upsert.sql
                    - to:
                        uri: direct:record-outcome
            """,
            KAMELET,
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: call-acme
            spec:
              definition:
                title: Call Acme
                description: Sends one request to Acme.
                required: [path, apiKey]
                properties:
                  path:
                    title: Path
                    description: What follows the address of Acme.
                    type: string
                  apiKey:
                    title: Key
                    description: The key of the account.
                    type: string
                    format: password
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - removeHeaders:
                        pattern: "*"
                    - setHeader:
                        name: Authorization
                        expression:
                          simple:
                            expression: Bearer {{apiKey}}
                    - to:
                        uri: "{{usher.destinations.acme.url}}{{path}}"
                        parameters:
                          responseTimeout: "{{usher.destinations.acme.time-out}}"
            """,
            MAPPING,
            """
            { email: .emails[0].value,
              name: (.displayName // "") }
            """,
            STATEMENT,
            """
            insert into customer (id) values (:#id)
            """,
            POLICY,
            """
            - routeConfiguration:
                id: deliver-or-park
                onException:
                  - onException:
                      exception:
                        - java.lang.Exception
                      redeliveryPolicy:
                        maximumRedeliveries: "{{usher.retries}}"
                      handled:
                        constant:
                          expression: "true"
            """,
            HELPER,
            """
            - route:
                id: record-outcome
                description: Writes the outcome of one delivery to the log.
                errorHandler:
                  noErrorHandler: {}
                from:
                  uri: direct:record-outcome
                  steps:
                    - log:
                        message: recorded
            """,
            SETTINGS,
            """
            # What an operator may change about Acme.

            usher:
              # How often a failed call is tried again at once, 0 to 5.
              retries: 2
              destinations:
                acme:
                  # Address of the service, without a slash at the end.
                  url: https://api.acme.test
                  # Key of the account.
                  api-key: ${ACME_API_KEY:}
                  concurrent: 4 # deliveries at once, 1 to 50
                  # How long to wait for an answer, in milliseconds.
                  time-out: 15000
            """,
            SCENARIO,
            """
            given: a new user
            """);

    private final Path root;

    private Sample(Path root) {
        this.root = root;
    }

    static Sample in(Path root) {
        var sample = new Sample(root);
        FILES.forEach(sample::write);
        return sample;
    }

    /** Replaces the one place where the old text stands. */
    Sample spoil(String file, String old, String replacement) {
        String text = read(file);
        assertThat(text.split(Pattern.quote(old), -1))
                .as("'%s' stands once in %s", old, file)
                .hasSize(2);
        return write(file, text.replace(old, replacement));
    }

    Sample write(String file, String text) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Sample delete(String file) {
        try {
            Files.delete(root.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Project project() {
        return Project.read(root);
    }
}
