package dev.usher.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(3, 2);

    @Test
    void oneCallerNeverTakesAllPlaces() {
        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("a")).isTrue();
        assertThat(places.enter("a")).isFalse();
        assertThat(places.enter("b")).isTrue();
        assertThat(places.enter("c")).isFalse();
    }

    @Test
    void whoLeavesMakesRoom() {
        places.enter("a");
        places.enter("a");
        places.enter("b");

        places.leave("b");
        assertThat(places.enter("a")).isFalse();
        assertThat(places.enter("c")).isTrue();

        places.leave("a");
        assertThat(places.enter("a")).isTrue();
    }
}
