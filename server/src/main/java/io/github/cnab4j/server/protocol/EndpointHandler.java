/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.server.protocol;

import io.github.cnab4j.server.http.Response;
import java.io.IOException;

/** Answers one method of one endpoint. */
@FunctionalInterface
interface EndpointHandler {
    /** @throws ApiException to answer with an error */
    Response handle(Call call) throws IOException;
}
