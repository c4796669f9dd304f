/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The pages that a registry shows to people: which repositories it holds, and what is in them. Plain HTML without scripts and
 * without anything from elsewhere; every text from outside is escaped, and the browser is told to load nothing but our style sheet.
 */
@NullMarked
package io.github.cnab4j.serve.page;

import org.jspecify.annotations.NullMarked;
