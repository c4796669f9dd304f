/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which addresses a registry may send its clients to. A registry on the public network that names a loopback, private or
 * link-local address (as a token service, an upload Location, a redirect) would have the client make requests inside the
 * network that it runs in; a registry that is at such an address itself may. What counts is the address of the connected
 * socket: a name can resolve to anything, and to something else a moment later.
 */
public final class AddressRule {
    /** What no name of a host can be: digits and dots alone, or with colons. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private AddressRule() {}

    /**
     * Whether a request that an answer from {@code answering} asks for must go to public addresses only. Who answers from an unknown
     * address, behind a proxy, counts as public.
     */
    public static boolean publicOnly(Optional<InetAddress> answering) {
        return answering.isEmpty() || !isInternal(answering.get());
    }

    /** Whether a host is written as an address, so that {@link #lookUp} asks nobody. */
    static boolean isLiteral(String host) {
        return LITERAL.matcher(host).matches();
    }

    /**
     * One of the addresses of a host that is reached through a proxy, an internal one if there is any; empty if this machine knows none,
     * as is usual where only the proxy looks names up.
     */
    static Optional<InetAddress> lookUp(String host) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            return Arrays.stream(addresses)
                    .filter(AddressRule::isInternal)
                    .findFirst()
                    .or(() -> Arrays.stream(addresses).findFirst());
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    /** Whether an address means this machine, its network, or nothing that is routed in public. */
    public static boolean isInternal(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isInternal6(bytes) : isInternal4(bytes);
    }

    private static boolean isInternal4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first == 0 // this network, RFC 791
                || (first == 100 && (second & 0xc0) == 64) // carrier-grade NAT, RFC 6598
                || (first == 192 && second == 0 && bytes[2] == 0) // protocol assignments, RFC 6890
                || (first == 198 && (second & 0xfe) == 18) // benchmarks, RFC 2544
                || first >= 240; // reserved, RFC 1112
    }

    private static boolean isInternal6(byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return true; // unique local, RFC 4193
        }
        boolean compatible = allZero(bytes, 0, 12);
        boolean mapped = allZero(bytes, 0, 10) && bytes[10] == -1 && bytes[11] == -1;
        boolean translated = bytes[0] == 0
                && bytes[1] == 0x64
                && bytes[2] == -1
                && (bytes[3] & 0xff) == 0x9b
                && allZero(bytes, 4, 12);
        if (compatible || mapped || translated) {
            return isInternal(embedded(bytes, 12)); // RFC 4291, RFC 6052
        }
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return sixToFour && isInternal(embedded(bytes, 2)); // RFC 3056
    }

    private static boolean allZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress embedded(byte[] bytes, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
