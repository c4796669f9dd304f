/* SPDX-License-Identifier: Apache-2.0 */
/** An HTTP proxy for tests of clients that have to go through one. */
@NullMarked
package io.github.cnab4j.testkit.proxy;

import org.jspecify.annotations.NullMarked;
