/* SPDX-License-Identifier: Apache-2.0 */
/** The test registry as a JUnit Jupiter extension; only this package needs JUnit. */
@NullMarked
package io.github.cnab4j.testkit.junit;

import org.jspecify.annotations.NullMarked;
