/* SPDX-License-Identifier: Apache-2.0 */
/**
 * An in-process OCI registry for the tests of clients: memory storage, authentication, a log of what was asked, and
 * faults on demand.
 *
 * <p>It is the {@code server} module on the loopback address, so that it answers as a real registry does (OCI
 * distribution specification 1.1) until a test says otherwise. Knows nothing of the library that it helps to test.
 */
@NullMarked
package io.github.cnab4j.testkit;

import org.jspecify.annotations.NullMarked;
