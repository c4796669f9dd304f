/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.serve.watch;

import io.github.cnab4j.server.http.Request;
import java.time.Duration;

/**
 * A request that has been answered, or broken off.
 *
 * @param received bytes of its body that were read
 * @param status of the answer; 0 if the connection was broken instead
 * @param sent bytes of the answer's body that were written
 * @param whole whether the client was sent all of the answer
 * @param duration from the request's head to the answer's last byte
 */
record Exchange(Request request, long received, int status, long sent, boolean whole, Duration duration) {}
