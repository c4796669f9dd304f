/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.proxy;

import java.net.IDN;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that are reached without a proxy: {@code NO_PROXY}, entries with commas between them. {@code a.test} is that host and all
 * below it, {@code .a.test} and {@code *.a.test} only those below, {@code 10.1.2.3} an address, {@code 10.0.0.0/8} all of a network,
 * each but the last also with a port; {@code *} is everything. Names are not looked up: an address in the list does not stand for the
 * names that have it.
 */
final class NoProxy {
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]*]|[^:\\[\\]]*):([^:]*)");
    private static final Pattern NETWORK = Pattern.compile("([^/]+)/(\\d{1,3})");

    private final List<Rule> rules;

    private NoProxy(List<Rule> rules) {
        this.rules = rules;
    }

    /** Whether one entry means a host. */
    @FunctionalInterface
    private interface Rule {
        boolean means(String host, Optional<InetAddress> address, int port);
    }

    static NoProxy parse(String list) {
        List<Rule> rules = new ArrayList<>();
        for (String entry : list.split(",")) {
            String text = entry.strip().toLowerCase(Locale.ROOT);
            if (!text.isEmpty()) {
                rule(text).ifPresent(rules::add);
            }
        }
        return new NoProxy(rules);
    }

    /**
     * Whether a host is in the list.
     *
     * @param host name in lower case, or IP address without brackets
     */
    boolean contains(String host, int port) {
        Optional<InetAddress> address = IpLiteral.parse(host);
        return rules.stream().anyMatch(rule -> rule.means(host, address, port));
    }

    private static Optional<Rule> rule(String entry) {
        if (entry.equals("*")) {
            return Optional.of((host, address, port) -> true);
        }
        Optional<Rule> network = network(entry);
        if (network.isPresent()) {
            return network;
        }
        Matcher split = WITH_PORT.matcher(entry);
        boolean hasPort = split.matches();
        String name = withoutBrackets(hasPort ? split.group(1) : entry);
        String port = hasPort ? split.group(2) : "";
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<InetAddress> literal = IpLiteral.parse(name);
        if (literal.isPresent()) {
            return Optional.of((host, address, to) -> address.equals(literal) && portMatches(port, to));
        }
        return Optional.of(domain(name, port));
    }

    private static Rule domain(String entry, String port) {
        String name = entry.startsWith("*.") ? entry.substring(1) : entry;
        boolean below = name.startsWith(".");
        String bare = ascii(below ? name.substring(1) : name);
        String suffix = "." + bare;
        return (host, address, to) -> (host.endsWith(suffix) || (!below && host.equals(bare))) && portMatches(port, to);
    }

    private static boolean portMatches(String port, int to) {
        return port.isEmpty() || port.equals(Integer.toString(to));
    }

    private static Optional<Rule> network(String entry) {
        Matcher split = NETWORK.matcher(entry);
        if (!split.matches()) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(split.group(2));
        return IpLiteral.parse(split.group(1))
                .map(InetAddress::getAddress)
                .filter(start -> bits <= start.length * 8)
                .map(start -> (host, address, port) -> address.map(InetAddress::getAddress)
                        .filter(tested -> samePrefix(start, tested, bits))
                        .isPresent());
    }

    private static boolean samePrefix(byte[] a, byte[] b, int bits) {
        if (a.length != b.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static String withoutBrackets(String name) {
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private static String ascii(String name) {
        try {
            return IDN.toASCII(name);
        } catch (IllegalArgumentException none) {
            return name;
        }
    }
}
