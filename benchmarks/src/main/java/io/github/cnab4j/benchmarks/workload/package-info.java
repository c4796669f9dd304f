/* SPDX-License-Identifier: Apache-2.0 */
/** Sets of images whose shapes stand for what bundles are made of, and the bundle.json that names them. The content is seeded, so that a workload has the same digests everywhere; it reaches a registry by plain HTTP (OCI distribution, section "Push"), for a benchmark that used the code it measures would prove nothing. */
@NullMarked
package io.github.cnab4j.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
