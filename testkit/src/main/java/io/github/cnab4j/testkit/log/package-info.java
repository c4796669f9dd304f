/* SPDX-License-Identifier: Apache-2.0 */
/** What a registry was asked, to be asserted on: {@link io.github.cnab4j.testkit.log.RequestLog}. */
@NullMarked
package io.github.cnab4j.testkit.log;

import org.jspecify.annotations.NullMarked;
