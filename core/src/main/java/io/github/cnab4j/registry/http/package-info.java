/* SPDX-License-Identifier: Apache-2.0 */
/**
 * HTTP as the registry client needs it: one small {@link io.github.cnab4j.registry.http.HttpTransport} over Apache HttpClient,
 * with decorators for what is added to every request, each with one reason to exist. The rules on which the safety of
 * credentials rests (redirects, upload Locations, addresses) are pure classes of their own. URLs are kept byte for byte as a
 * registry gave them, since signed ones break when they are normalised; their text form never shows a query.
 */
@NullMarked
package io.github.cnab4j.registry.http;

import org.jspecify.annotations.NullMarked;
