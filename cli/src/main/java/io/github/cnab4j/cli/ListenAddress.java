/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses to listen at, as {@code HOST:PORT}; an IPv6 address stands in brackets. */
final class ListenAddress {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^\\[\\]:]*)):([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    private ListenAddress() {}

    /** Reads an address; without a host it means all of this machine's. */
    static Optional<InetSocketAddress> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > HIGHEST_PORT) {
            return Optional.empty();
        }
        int port = Integer.parseInt(parts.group(3));
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        InetSocketAddress address = host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        return address.isUnresolved() ? Optional.empty() : Optional.of(address);
    }

    /** How it is written in a URL. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
