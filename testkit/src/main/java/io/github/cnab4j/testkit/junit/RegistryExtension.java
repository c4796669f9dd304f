/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.junit;

import io.github.cnab4j.testkit.TestRegistry;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A fresh {@link TestRegistry} for each test: as a field with {@code @RegisterExtension} and {@link #registry()}, or as
 * a parameter of type {@link TestRegistry} of a test or of a method before it, with {@code @ExtendWith}. Both give the
 * same registry. A static field whose tests run at the same time has no one running test: use parameters there.
 */
public final class RegistryExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(RegistryExtension.class);

    private final UnaryOperator<TestRegistry.Builder> options;
    private volatile @Nullable TestRegistry registry;

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
        TestRegistry running = registry;
        if (running == null) {
            throw new IllegalStateException("no test is running");
        }
        return running;
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
        TestRegistry started = context.getStore(STORE).get(this, TestRegistry.class);
        if (started == null) {
            throw new ParameterResolutionException("a registry is started before each test, not before its class");
        }
        return started;
    }
}
