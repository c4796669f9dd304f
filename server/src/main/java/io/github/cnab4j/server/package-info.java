/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.github.cnab4j.server;

import org.jspecify.annotations.NullMarked;
