package dev.usher.check;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class YamlLintCheckTest extends Spoiled {

    YamlLintCheckTest() {
        super(new YamlLintCheck(Path.of(".yamllint")));
    }

    @Test
    void aKeyThatStandsTwiceIsFound() {
        sample.spoil(Sample.SETTINGS, "  retries: 2", "  # Again.\n  retries: 2\n  retries: 3");

        isFound(Sample.SETTINGS, "retries: 3", "duplication of key 'retries'", "key-duplicates");
    }

    @Test
    void aSpaceAtTheEndIsFound() {
        sample.spoil(Sample.HELPER, "message: recorded", "message: recorded ");

        isFound(Sample.HELPER, "message: recorded", "trailing spaces", "trailing-spaces");
    }

    @Test
    void aLongLineIsFound() {
        sample.spoil(Sample.HELPER, "message: recorded", "message: recorded" + " again".repeat(30));

        isFound(Sample.HELPER, "message:", "line too long", "line-length");
    }

    @Test
    void aLongDescriptionPasses() {
        sample.spoil(Sample.HELPER, "Writes", "word ".repeat(30) + "writes");

        nothingIsFound();
    }

    @Test
    void anotherIndentationIsFound() {
        sample.spoil(Sample.SCENARIO, "given: a new user", "given:\n   user: new");

        isFound(Sample.SCENARIO, "   user", "wrong indentation", "indentation");
    }
}
