/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What whoever runs a registry wants to see of it: numbers in Prometheus' text format, a line for each request, whether it is well.
 */
@NullMarked
package io.github.cnab4j.serve.watch;

import org.jspecify.annotations.NullMarked;
