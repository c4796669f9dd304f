/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.remotes;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bundle of the examples in the Go package's documentation. */
public final class ExampleBundle {
    public static final String JSON = """
            {"actions":{"action-1":{"modifies":true}},"credentials":{"cred-1":{"env":"env-var","path":"/some/path"}},\
            "custom":{"my-key":"my-value"},"definitions":{"output1Type":{"type":"string"},"param1Type":{"default":"hello",\
            "enum":["value1",true,1],"type":["string","boolean","number"]}},"description":"description","images":{\
            "another-image":{"contentDigest":"sha256:d59a1aa7866258751a261bae525a1842c7ff0662d4f34a355d5f36826abc0342",\
            "description":"","image":"my.registry/namespace/another-image","imageType":"oci",\
            "mediaType":"application/vnd.oci.image.manifest.v1+json","size":507},"image-1":{\
            "contentDigest":"sha256:d59a1aa7866258751a261bae525a1842c7ff0662d4f34a355d5f36826abc0341","description":"",\
            "image":"my.registry/namespace/image-1","imageType":"oci",\
            "mediaType":"application/vnd.oci.image.manifest.v1+json","size":507}},"invocationImages":[{\
            "contentDigest":"sha256:d59a1aa7866258751a261bae525a1842c7ff0662d4f34a355d5f36826abc0343",\
            "image":"my.registry/namespace/my-app-invoc","imageType":"docker",\
            "mediaType":"application/vnd.docker.distribution.manifest.v2+json","size":506}],\
            "keywords":["keyword1","keyword2"],"maintainers":[{"email":"docker@docker.com","name":"docker",\
            "url":"docker.com"}],"name":"my-app","outputs":{"output1":{"applyTo":["install"],"definition":"output1Type",\
            "description":"magic","path":"/cnab/app/outputs/magic"}},"parameters":{"param1":{"definition":"param1Type",\
            "destination":{"env":"env_var","path":"/some/path"}}},"schemaVersion":"v1.0.0","version":"0.1.0"}""";

    private ExampleBundle() {}

    public static Bundle bundle() {
        return Bundle.parse(JSON.getBytes(StandardCharsets.UTF_8));
    }

    public static RelocationMap relocationMap() {
        String target =
                "my.registry/namespace/my-app@sha256:d59a1aa7866258751a261bae525a1842c7ff0662d4f34a355d5f36826abc034";
        Map<String, String> places = new LinkedHashMap<>();
        places.put("my.registry/namespace/image-1", target + "1");
        places.put("my.registry/namespace/another-image", target + "2");
        places.put("my.registry/namespace/my-app-invoc", target + "3");
        return new RelocationMap(places);
    }
}
