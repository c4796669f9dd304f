/* SPDX-License-Identifier: Apache-2.0 */
/** JSON on Jackson's streaming core, for the harness's own files and for manifests it checks: plain maps and lists, none of the library's own code. */
@NullMarked
package io.github.cnab4j.benchmarks.json;

import org.jspecify.annotations.NullMarked;
