/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.util.List;

/** Flags of {@code serve}. */
final class ServeFlags {
    static final Flag LISTEN = Flag.text(
            "listen", "HOST:PORT", "127.0.0.1:5000", "Where to listen; port 0 takes a free one, :PORT all addresses");
    static final Flag READ_ONLY = Flag.bool("read-only", false, "Refuse everything that would change the registry");

    static final List<Flag> ALL = List.of(LISTEN, READ_ONLY);

    private ServeFlags() {}
}
