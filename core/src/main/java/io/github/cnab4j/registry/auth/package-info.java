/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Credentials and what becomes of them: where they are found ({@link io.github.cnab4j.registry.auth.CredentialProvider}, {@link
 * io.github.cnab4j.registry.auth.DockerConfig}), how a registry asks for them (RFC 9110 challenges), and how they are turned into
 * tokens (Docker's token authentication specification, RFC 6749 refresh tokens). Credentials are bound to the origin of their
 * registry; the token service that it names is the one exception, within narrow rules.
 */
@NullMarked
package io.github.cnab4j.registry.auth;

import org.jspecify.annotations.NullMarked;
