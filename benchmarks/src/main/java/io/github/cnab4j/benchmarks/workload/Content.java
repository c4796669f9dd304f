/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.benchmarks.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A descriptor: what a registry holds.
 *
 * @param mediaType its media type
 * @param digest its digest
 * @param size bytes
 */
public record Content(String mediaType, String digest, long size) {
    /** Its JSON form (OCI image specification, "Descriptors"). */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", mediaType);
        json.put("digest", digest);
        json.put("size", size);
        return json;
    }

    /** Reads the JSON form; other members are left aside. */
    public static Content of(Map<String, Object> json) {
        return new Content(
                (String) Objects.requireNonNull(json.get("mediaType")),
                (String) Objects.requireNonNull(json.get("digest")),
                (Long) Objects.requireNonNull(json.get("size")));
    }
}
