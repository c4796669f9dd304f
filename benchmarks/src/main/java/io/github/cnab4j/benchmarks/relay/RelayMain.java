/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The relay's process. It obeys lines on standard input, answers each with one line, and ends with its input:
 * {@code listen TARGET-PORT ROUND-TRIP-MILLIS HANDSHAKE FAILING} (answer: the port), {@code point PORT TARGET-PORT},
 * {@code counts PORT}, {@code shut PORT}.
 */
final class RelayMain {
    private RelayMain() {}

    public static void main(String[] arguments) throws Exception {
        try (Relay relay = new Relay()) {
            Thread thread = new Thread(relay, "relay");
            thread.setDaemon(true);
            thread.start();
            obey(relay);
        }
    }

    private static void obey(Relay relay) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(relay, line.split(" ")));
            System.out.flush();
        }
    }

    private static String answer(Relay relay, String[] words) throws Exception {
        int port = Integer.parseInt(words[1]);
        switch (words[0]) {
            case "listen" -> {
                Link link = new Link(
                        Integer.parseInt(words[2]), Boolean.parseBoolean(words[3]), Integer.parseInt(words[4]));
                return Integer.toString(relay.listen(port, link));
            }
            case "point" -> {
                relay.point(port, Integer.parseInt(words[2]));
                return "ok";
            }
            case "counts" -> {
                return relay.counts(port);
            }
            case "shut" -> {
                relay.shut(port);
                return "ok";
            }
            default -> throw new IOException("the relay does not know " + words[0]);
        }
    }
}
