package dev.usher.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class DataFolderTest {

    private static String folder(String data) {
        var environment = new MockEnvironment().withProperty("usher.data", data);
        DataFolder.add(environment);
        return environment.getRequiredProperty("usher.data-folder");
    }

    @Test
    void anAbsoluteFolderStaysAsItIs() {
        assertThat(folder("/var/lib/usher")).isEqualTo("/var/lib/usher");
    }

    @Test
    void aRelativeOneIsBelowTheWorkingDirectory() {
        var expected = Path.of("data").toAbsolutePath().toString();

        assertThat(folder("data")).isEqualTo(expected);
        assertThat(folder("./data")).isEqualTo(expected);
    }
}
