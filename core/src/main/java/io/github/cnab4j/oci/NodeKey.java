/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.oci;

/**
 * What makes two descriptors one node of a content graph. The media type does not count; manifests and blobs are apart, since
 * they live under different paths of a registry.
 */
public record NodeKey(Digest digest, boolean manifest) {}
