/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.junit;

import io.github.cnab4j.testkit.TestRegistry;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A fresh {@link TestRegistry} for each test: as a field with {@code @RegisterExtension} and {@link #registry()}, or as
 * a parameter of type {@link TestRegistry} with {@code @ExtendWith}. Both give the same registry.
 */
public final class RegistryExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(RegistryExtension.class);

    private final UnaryOperator<TestRegistry.Builder> options;
    private @Nullable TestRegistry registry;

    /** A registry open to everyone. */
    public RegistryExtension() {
        this(builder -> builder);
    }

    private RegistryExtension(UnaryOperator<TestRegistry.Builder> options) {
        this.options = options;
    }

    /** A registry with options. */
    public static RegistryExtension with(UnaryOperator<TestRegistry.Builder> options) {
        return new RegistryExtension(options);
    }

    /**
     * The registry of the running test.
     *
     * @throws IllegalStateException outside a test
     */
    public TestRegistry registry() {
        if (registry == null) {
            throw new IllegalStateException("no test is running");
        }
        return registry;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestRegistry started = options.apply(TestRegistry.builder()).start();
        registry = started;
        context.getStore(STORE).put(this, started);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestRegistry started = context.getStore(STORE).remove(this, TestRegistry.class);
        registry = null;
        if (started != null) {
            started.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRegistry.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return registry();
    }
}
