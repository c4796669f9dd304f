/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.oci.Platform;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.FixupOptions;
import io.github.cnab4j.remotes.PushOptions;
import io.github.cnab4j.remotes.PushResult;
import io.github.cnab4j.remotes.Remotes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies a bundle's images to the target and pushes the bundle. */
@CommandLine.Command(
        name = "push",
        header = PushCommand.SUMMARY,
        customSynopsis = "cnab-to-oci push <bundle file> [flags]")
final class PushCommand extends Command {
    static final String SUMMARY = "Copy a bundle's images to the target and push the bundle";

    @Mixin
    private ImageOptions images = new ImageOptions();

    @Mixin
    private RegistryOptions registries = new RegistryOptions();

    @Option(
            names = "--allow-fallbacks",
            fallbackValue = "true",
            defaultValue = "true",
            converter = GoBoolean.class,
            description =
                    "Try other forms of the bundle's manifests where a registry refuses the usual ones (default true)")
    private boolean allowFallbacks;

    @Option(
            names = "--push-images",
            fallbackValue = "true",
            converter = GoBoolean.class,
            description = "Taken for compatibility: images of a local engine are not read by this version")
    private @Nullable Boolean pushImages;

    @Option(
            names = "--invocation-platforms",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "PLATFORM,...",
            description = "Platforms of multi-platform invocation images to keep (default all)")
    private List<String> invocationPlatforms = new ArrayList<>();

    @Option(
            names = "--component-platforms",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "PLATFORM,...",
            description = "Platforms of multi-platform component images to keep (default all)")
    private List<String> componentPlatforms = new ArrayList<>();

    @Override
    String name() {
        return "push";
    }

    @Override
    String argument() {
        return "bundle file";
    }

    @Override
    int run(Context context) {
        Location target = images.target(this);
        FixupOptions options = images.toFixupOptions(context, this)
                .withInvocationImagePlatforms(platforms("--invocation-platforms", invocationPlatforms))
                .withComponentImagePlatforms(platforms("--component-platforms", componentPlatforms));
        if (Boolean.TRUE.equals(pushImages)) {
            context.terminal().warning("--push-images has no effect: images of a local engine are not read");
        }
        Bundle bundle = bundle(context);
        try (Remotes remotes = registries.open(context, this)) {
            PushResult result = remotes.fixupAndPush(
                    bundle, target, options, PushOptions.defaults().withAllowFallbacks(allowFallbacks));
            String digest = result.descriptor().digest().toString();
            context.terminal()
                    .result(("Pushed successfully, with digest \"" + digest + "\"").getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }

    private List<Platform> platforms(String flag, List<String> specifiers) {
        return specifiers.stream()
                .map(specifier -> value(flag, () -> Platform.parse(specifier)))
                .toList();
    }
}
