/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.page;

import java.util.List;

/**
 * What a page says of a manifest.
 *
 * @param kind bundle, image, images of several platforms, or the type of an artifact
 * @param title what it calls itself, with its version; empty if it does not say
 * @param description what it says of itself; empty if nothing
 * @param platforms those that it is for
 * @param bytes of it and of all that it names, as far as they are told
 */
record Summary(String kind, String title, String description, List<String> platforms, long bytes) {}
