/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.generate;

/**
 * An image that a bundle names.
 *
 * @param component its name in the bundle's {@code images}; empty for an invocation image
 * @param repository where it is, on the registry of its reference
 * @param tag its tag there
 * @param reference as the bundle writes it
 */
public record BundleImage(String component, String repository, String tag, String reference, Generated content) {}
