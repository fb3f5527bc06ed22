package dev.tributary.scenarios;

import dev.tributary.box.Contents;
import dev.tributary.box.layout.Checkout;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One box for all tests of a run: started by the first that asks, stopped after the last. */
final class BoxExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(BoxExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBox.class;
    }

    @Override
    public TestBox resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(TestBox.class, type -> start(), TestBox.class);
    }

    private static TestBox start() {
        return TestBox.start(Checkout.current(), Path.of("target", "box"), Contents.EVERYTHING);
    }
}
