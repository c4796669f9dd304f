/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.registry.http;

import io.github.cnab4j.store.CallScope;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what a registry wants its users to know, each text once (OCI distribution specification, "Warnings"). */
public final class WarningTransport implements HttpTransport {
    private static final Logger LOG = LoggerFactory.getLogger(WarningTransport.class);
    /** Possessive: else each character of a text would take its part of the stack. */
    private static final Pattern FORM = Pattern.compile("299 - \"((?:[^\"\\\\]|\\\\.)*+)\"");

    private static final int MOST_TEXTS = 20;
    private static final int LONGEST = 8 * 1024;

    private final HttpTransport next;
    private final String host;
    private final Origin origin;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /**
     * Decorates another transport.
     *
     * @param host the registry as users name it
     * @param origin the registry; what other origins say is not its word
     */
    public WarningTransport(HttpTransport next, String host, Origin origin) {
        this.next = next;
        this.host = host;
        this.origin = origin;
    }

    @Override
    public HttpReply execute(CallScope scope, HttpCall call) throws IOException {
        HttpReply reply = next.execute(scope, call);
        if (call.url().origin().equals(origin)) {
            reply.headers().all("Warning").forEach(this::warn);
        }
        return reply;
    }

    @Override
    public void close() {
        next.close();
    }

    private void warn(String field) {
        Matcher matcher = FORM.matcher(field);
        if (field.length() > LONGEST || !matcher.find()) {
            return;
        }
        String text = RegistryWords.clean(matcher.group(1).replaceAll("\\\\(.)", "$1"));
        if (!text.isEmpty() && said.size() < MOST_TEXTS && said.add(text)) {
            LOG.warn("{} says: {}", host, text);
        }
    }
}
