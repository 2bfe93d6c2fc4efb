package dev.usher.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:1:2:0:0:0:1", "2001:db8:1:2::1", "2001:DB8:1:2:ffff::", "[2001:db8:1:2::7]:443"})
    void allAddressesOfAHouseholdAreOneCaller(String address) {
        assertThat(Network.of(address)).isEqualTo("2001:db8:1:2:0:0:0:0/64");
    }

    @Test
    void anAddressOfIpv4IsACallerOfItsOwn() {
        assertThat(Network.of("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(Network.of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "localhost", "1:2:3", "a.example:80"})
    void whatIsNoAddressIsLeftAndNeverLookedUp(String text) {
        assertThat(Network.of(text)).isEqualTo(text);
    }
}
