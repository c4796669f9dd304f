/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

/**
 * Something in a bundle that is legal and probably not meant.
 *
 * @param path where, such as {@code images.web.Size}
 * @param message one line for people
 */
public record BundleWarning(String path, String message) {}
