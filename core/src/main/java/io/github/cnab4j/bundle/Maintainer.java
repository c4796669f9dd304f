/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.bundle;

/**
 * Who looks after a bundle.
 *
 * @param name name; empty if it is not given
 * @param email address; empty if it is not given
 * @param url page; empty if it is not given
 */
public record Maintainer(String name, String email, String url) {}
