package dev.usher.check;

import org.junit.jupiter.api.Test;

class JqCheckTest extends Spoiled {

    private static final Check CHECK = new JqCheck();

    JqCheckTest() {
        super(CHECK);
    }

    @Test
    void aMappingThatDoesNotCompileIsFound() {
        sample.spoil(Sample.MAPPING, "(.displayName // \"\")", "(.displayName // \"\"");

        isFound(Sample.MAPPING, "name:", "jq does not compile", "correct the expression");
    }

    @Test
    void aFunctionThatDoesNotExistIsFound() {
        sample.spoil(Sample.MAPPING, ".emails[0].value", "(null | lowercase)");

        isFound(Sample.MAPPING, "lowercase", "lowercase/0 does not exist", "correct the name");
    }

    @Test
    void aFunctionUsedBeyondTheTermItReachesIsFound() {
        sample.write(Sample.MAPPING, "def one: 1;\n{a: one} + {b: one}\n");

        isFound(Sample.MAPPING, "def one", "one/0 does not exist", "in parentheses");
    }

    @Test
    void anExpressionInARouteIsFound() {
        sample.spoil(Sample.ROUTE, "resource:file:routes/destinations/acme/customer.jq", "\".a |\"");

        isFound(Sample.ROUTE, ".a |", "jq does not compile", "correct the expression");
    }

    @Test
    void camelsOwnFunctionsAreKnown() {
        sample.spoil(Sample.MAPPING, ".emails[0].value", "variable(\"mail\")");

        nothingIsFound();
    }
}
