/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

/**
 * An image that the installed application uses, a component of the bundle.
 *
 * @param base what all images have
 * @param description what it is for; empty if it is not given
 */
public record Image(BaseImage base, String description) {}
