package dev.usher.check;

import org.junit.jupiter.api.Test;

class SimpleCheckTest extends Spoiled {

    SimpleCheckTest() {
        super(new SimpleCheck());
    }

    @Test
    void anUnknownFunctionIsFound() {
        sample.spoil(Sample.ROUTE, "${variable.consent}", "${varable.consent}");

        isFound(Sample.ROUTE, "varable", "Simple does not compile", "correct the expression");
    }

    @Test
    void aPredicateWithoutItsRightSideIsFound() {
        sample.spoil(Sample.ROUTE, "${variable.consent} == true", "${variable.consent} ==");

        isFound(Sample.ROUTE, "${variable.consent} ==", "Simple does not compile", "correct the expression");
    }

    @Test
    void aLogMessageIsCompiledToo() {
        sample.spoil(Sample.ROUTE, "${header.userId}", "${hedder.userId}");

        isFound(Sample.ROUTE, "hedder", "Simple does not compile", "correct the expression");
    }

    @Test
    void aCallOfABeanCompilesWithoutTheBean() {
        sample.spoil(Sample.ROUTE, "${header.userId}", "${bean:tokens.bearer('graph')}");

        nothingIsFound();
    }
}
