/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.cli;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.reference.Location;
import io.github.cnab4j.remotes.FixupOptions;
import io.github.cnab4j.remotes.PushOptions;
import io.github.cnab4j.remotes.PushResult;
import io.github.cnab4j.remotes.Remotes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Copies a bundle's images to the target and pushes the bundle. */
final class PushCommand implements Command {
    static final Flag ALLOW_FALLBACKS = Flag.bool(
            "allow-fallbacks",
            true,
            "Try other forms of the bundle's manifests where a registry refuses the usual ones");
    private static final Flag PUSH_IMAGES = Flag.bool(
            "push-images", true, "Push images that no registry has from the engine on this machine (Docker, Podman)");
    private static final Flag INVOCATION_PLATFORMS = Flag.list(
            "invocation-platforms", "PLATFORM", "Platforms of multi-platform invocation images to keep, if not all");
    private static final Flag COMPONENT_PLATFORMS = Flag.list(
            "component-platforms", "PLATFORM", "Platforms of multi-platform component images to keep, if not all");
    private static final List<Flag> OWN =
            List.of(ALLOW_FALLBACKS, PUSH_IMAGES, INVOCATION_PLATFORMS, COMPONENT_PLATFORMS);

    @Override
    public String name() {
        return "push";
    }

    @Override
    public String summary() {
        return "Copy a bundle's images to the target and push the bundle";
    }

    @Override
    public String synopsis() {
        return "<bundle file>";
    }

    @Override
    public List<Flag> flags() {
        return ImageFlags.with(OWN);
    }

    @Override
    public void checkArguments(CommandLine line) {
        Command.require(line, "bundle file");
    }

    @Override
    public int run(Context context, CommandLine line) {
        Location target = ImageFlags.target(line);
        FixupOptions fixup = ImageFlags.options(context, line)
                .withInvocationImagePlatforms(PlatformFlag.of(line, INVOCATION_PLATFORMS))
                .withComponentImagePlatforms(PlatformFlag.of(line, COMPONENT_PLATFORMS));
        PushOptions push = PushOptions.defaults().withAllowFallbacks(line.isTrue(ALLOW_FALLBACKS));
        Bundle bundle = ImageFlags.bundle(context, line);
        try (Remotes remotes = RegistryFlags.open(context, line, target)) {
            FixupOptions images = line.isTrue(PUSH_IMAGES)
                    ? fixup.withPushImages(remotes.imageClient(), new ProgressLines(context.terminal()))
                    : fixup;
            PushResult result = remotes.fixupAndPush(bundle, target, images, push);
            String digest = result.descriptor().digest().toString();
            context.terminal()
                    .result(("Pushed successfully, with digest \"" + digest + "\"").getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.DONE;
    }
}
