/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

/**
 * An image that installs the bundle.
 *
 * @param base what all images have
 */
public record InvocationImage(BaseImage base) {}
