package dev.usher.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usher.destinations.stripe.api-key",
                "usher.destinations.stripe.apiKey",
                "usher.destinations.stripe.apikey",
                "usher.destinations.stripe.API_KEY",
                "usher.destinations.stripe.api.key",
                "usher.destinations.acme.access-token",
                "usher.destinations.acme.accessToken",
                "usher.destinations.acme.pin",
                "usher.security.entra.clientsecret",
                "usher.security.entra.CLIENT_SECRET",
                "usher.dataverse.webhook.secrets",
                "usher.dataverse.webhook.secrets[1]",
                "usher.dataverse.webhook.secrets.1",
                "usher.tokens.graph.certificatePassword",
                "usher.hashkey",
                "token-2"
            })
    void aSecretIsOneInEverySpelling(String key) {
        assertThat(Secrets.isSecret(key)).isTrue();
        assertThat(Secrets.shown(key, "rk_live_telltale")).isEqualTo("set");
        assertThat(Secrets.shown(key, "1234")).isEqualTo("set");
        assertThat(Secrets.shown(key, " ")).isEqualTo("not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"usher.destinations.stripe.key-lifetime", "usher.tokens.salesforce.token-url", "keys.first"})
    void whatOnlySpeaksOfASecretIsNone(String key) {
        assertThat(Secrets.isSecret(key)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    usher.alerts.to | operator@usher.test
                    usher.mail.from | usher@usher.test
                    usher.mail.username | ada
                    spring.artemis.user | usher
                    usher.destinations.acme.contact-person | Ada Lovelace
                    usher.destinations.acme.address | ada@usher.test
                    usher.alerts.webhooks.slack.to | https://hooks.slack.com/services/T0/B0/telltale
                    """)
    void addressesNamesAndWhatNobodyKnowsAreOnlySet(String key, String value) {
        assertThat(Secrets.shown(key, value)).isEqualTo("set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    usher.destinations.stripe.url | https://api.stripe.com
                    usher.destinations.stripe.on-deleted | mark
                    usher.destinations.stripe.onDeleted | mark
                    usher.destinations.stripe.key-lifetime | 23h
                    usher.destinations.acme.attempts | 25
                    usher.destinations.acme.is-open | true
                    usher.entra.poll.deep-overlap | PT30M
                    usher.entra.poll.activities[0] | Add user
                    usher.entra.poll.activities.0 | Add user
                    usher.destinations.birthrights.rules.0.name | partners
                    usher.dataverse.columns.user-name | adx_identity_username
                    """)
    void whatIsKnownToBeHarmlessIsShown(String key, String value) {
        assertThat(Secrets.shown(key, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jdbc:postgresql://db/usher?user=ada&password=p@ss | jdbc:postgresql://db/usher
                    jdbc:mysql://ada:p@ss@db:3306/shop | jdbc:mysql://db:3306/shop
                    jdbc:oracle:thin:ada/telltale@//db:1521/shop | jdbc:oracle://db:1521/shop
                    jdbc:sqlserver://db;user=ada;password=telltale | jdbc:sqlserver://db
                    jdbc:h2:file:/data/usher;WRITE_DELAY=0 | jdbc:h2:file:/data/usher
                    https://ada:telltale@acme.test/v1?key=telltale | https://acme.test/v1
                    (tcp://a:61616,tcp://b:61616)?password=telltale | (tcp://a:61616,tcp://b:61616)
                    """)
    void aUrlIsShownWithoutUserPasswordAndOptions(String url, String shown) {
        assertThat(Secrets.shown("spring.datasource.url", url)).isEqualTo(shown);
    }

    @Test
    void theSettingsToldAtTheStartHideASecretHoweverItWasSet() throws IOException {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.replace(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of(
                                "USHER_SHOP_STRIPE_APIKEY",
                                "telltale-1",
                                "USHER_SHOP_ENTRA_CLIENTSECRET",
                                "telltale-2")));
        var yaml = """
                usher:
                  shop:
                    stripe: {apiKey: telltale-3, url: "https://api.stripe.com", retry: {attempts: 7}}
                    acme: {apiKey: telltale-4, api_token: telltale-5}
                    webhook: {secrets: [telltale-6, telltale-7], header: x-usher-secret}
                """;
        new YamlPropertySourceLoader()
                .load("shop", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);

        var told = EffectiveSettings.group(environment, "usher.shop");

        assertThat(told)
                .doesNotContain("telltale")
                .contains("url=https://api.stripe.com", "retry.attempts=7", "header=x-usher-secret")
                .containsPattern("(?i)stripe\\.api-?key=set")
                .containsPattern("acme\\.apiKey=set")
                .containsPattern("(?i)entra\\.client-?secret=set")
                .containsOnlyOnce("stripe.api");
    }
}
