/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The engine on this machine as a source of images: Docker's, or one that speaks its API, such as Podman's service. The API is the
 * Docker Engine API, from version 1.24 on; images leave the engine as archives of {@code docker save} or by the engine's own push.
 * Nothing is asked of an engine before an image is needed that no registry has.
 */
@NullMarked
package io.github.cnab4j.docker;

import org.jspecify.annotations.NullMarked;
