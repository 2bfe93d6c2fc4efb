package dev.usher.check;

import org.junit.jupiter.api.Test;

class KameletCheckTest extends Spoiled {

    KameletCheckTest() {
        super(new KameletCheck());
    }

    @Test
    void anotherKindIsFound() {
        sample.spoil(Sample.KAMELET, "kind: Kamelet", "kind: Camelet");

        isFound(Sample.KAMELET, "kind:", "kind is not Kamelet", "write kind: Kamelet");
    }

    @Test
    void aNameThatIsNotTheFilesIsFound() {
        sample.spoil(Sample.KAMELET, "name: call-acme", "name: call-acne");

        isFound(Sample.KAMELET, "call-acne", "not the file's name", "call-acme");
    }

    @Test
    void aKameletWithoutTitleIsFound() {
        sample.spoil(Sample.KAMELET, "title: Call Acme\n    ", "");

        isFound(Sample.KAMELET, "description: Sends", "no title", "what the kamelet does");
    }

    @Test
    void aPropertyWithoutDescriptionIsFound() {
        sample.spoil(Sample.KAMELET, "description: What follows the address of Acme.\n        ", "");

        isFound(Sample.KAMELET, "      path:", "'path' has no description", "add description");
    }

    @Test
    void anUnknownTypeIsFound() {
        sample.spoil(Sample.KAMELET, "type: string\n      apiKey", "type: text\n      apiKey");

        isFound(Sample.KAMELET, "type: text", "'text' is no type", "string");
    }

    @Test
    void aSecretThatIsNotMarkedIsFound() {
        sample.spoil(Sample.KAMELET, "        format: password\n", "");

        isFound(Sample.KAMELET, "      apiKey:", "not marked", "format: password");
    }

    @Test
    void aSecretWithADefaultIsFound() {
        sample.spoil(Sample.KAMELET, "format: password", "format: password\n        default: abc");

        isFound(Sample.KAMELET, "      apiKey:", "has a default", "remove the default");
    }

    @Test
    void aRequiredPropertyThatDoesNotExistIsFound() {
        sample.spoil(Sample.KAMELET, "required: [path", "required: [method, path");

        isFound(Sample.KAMELET, "required:", "'method' is required but no property", "add the property");
    }

    @Test
    void aKameletWithoutFromIsFound() {
        sample.spoil(Sample.KAMELET, "    from:", "    form:");

        isFound(Sample.KAMELET, "apiVersion", "has no from", "template");
    }
}
