/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.converter;

import io.github.cnab4j.bundle.Bundle;
import io.github.cnab4j.bundle.RelocationMap;
import io.github.cnab4j.converter.BundleForm.ConfigForm;
import io.github.cnab4j.converter.BundleForm.IndexForm;
import io.github.cnab4j.error.ErrorCode;
import io.github.cnab4j.error.FixupException;
import io.github.cnab4j.error.InvalidInputException;
import io.github.cnab4j.error.RejectedException;
import io.github.cnab4j.json.JsonArray;
import io.github.cnab4j.json.JsonObject;
import io.github.cnab4j.oci.Descriptor;
import io.github.cnab4j.oci.Digest;
import io.github.cnab4j.oci.MediaType;
import io.github.cnab4j.reference.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A bundle in every form in which a registry may take it. The preferred one comes first; the others are for registries that
 * refuse it (CNAB core specification, 201). Immutable.
 */
public final class BundleForms {
    private static final Set<MediaType> DOCKERS = Set.of(MediaType.DOCKER_MANIFEST, MediaType.DOCKER_LIST);

    private final Payload configBlob;
    private final JsonObject index;
    private final Digest configEntry;

    private BundleForms(Payload configBlob, JsonObject index, Digest configEntry) {
        this.configBlob = configBlob;
        this.index = index;
        this.configEntry = configEntry;
    }

    /**
     * Prepares a bundle whose images are all in the repository of {@code target}.
     *
     * @param relocationMap for every image of the bundle a location by digest in the target's repository, as fixup gives it
     * @param target where the bundle is going to be; tag and digest do not matter
     * @param option a change to the index, run once
     * @throws InvalidInputException {@link ErrorCode#INVALID_BUNDLE} if the bundle has no invocation image or an image has no
     *     size; {@link ErrorCode#INVALID_RELOCATION_MAP} if an image is not in the map, or not in the target's repository;
     *     {@link ErrorCode#INVALID_OPTION} if the option gives something that is no index
     * @throws FixupException {@link ErrorCode#IMAGE_UNSUPPORTED} if the kind of an image is not known,
     *     {@link ErrorCode#IMAGE_CONFLICT} if two images have one name and different digests
     */
    public static BundleForms prepare(
            Bundle bundle, RelocationMap relocationMap, Location target, ManifestOption option) {
        bundle.requireConsistentImages();
        List<Descriptor> images = new ImageEntries(relocationMap, target).of(bundle);
        Payload configBlob = Payload.of(MediaType.CNAB_CONFIG, bundle.canonical());
        Descriptor config = configManifest(configBlob, ConfigForm.CNAB).descriptor();
        JsonObject index = IndexDocument.of(bundle, config, images);
        return new BundleForms(configBlob, IndexDocument.checked(option.apply(index)), config.digest());
    }

    /** The form to try first. */
    public BundleForm preferred() {
        return form(ConfigForm.CNAB, IndexForm.OCI);
    }

    /** Every form, the preferred one first; those with one wrapping of the bundle follow each other. */
    public List<BundleForm> all() {
        List<BundleForm> all = new ArrayList<>();
        for (ConfigForm configForm : ConfigForm.values()) {
            for (IndexForm indexForm : IndexForm.values()) {
                all.add(form(configForm, indexForm));
            }
        }
        return List.copyOf(all);
    }

    /** One form. */
    public BundleForm form(ConfigForm configForm, IndexForm indexForm) {
        Payload manifest = configManifest(configBlob, configForm);
        JsonObject adapted = IndexDocument.withConfig(index, configEntry, manifest.descriptor());
        Payload whole = Payload.of(indexForm.mediaType(), IndexDocument.seal(adapted, indexForm));
        return new BundleForm(configForm, indexForm, configBlob.as(configForm.configType()), manifest, whole);
    }

    /**
     * The form to try after a registry refused {@code refused}: another wrapping of the bundle if it was the config manifest,
     * another kind of index if it was the index, and last of all, where every image is Docker's, the form that is Docker's
     * throughout: some registries take no index over both families. Empty if nothing is left, if something else was refused (the bundle itself, an
     * image), or if the refusal was not one of the form ({@link FormFallback}).
     *
     * @param content what the registry refused
     * @param why the refusal, after all retries
     */
    public Optional<BundleForm> after(BundleForm refused, Descriptor content, RejectedException why) {
        if (!FormFallback.refusesForm(why)) {
            return Optional.empty();
        }
        if (content.digest().equals(refused.configManifest().descriptor().digest())) {
            return next(List.of(ConfigForm.values()), refused.configForm())
                    .map(next -> form(next, refused.indexForm()));
        }
        if (content.digest().equals(refused.index().descriptor().digest())) {
            return next(List.of(IndexForm.values()), refused.indexForm())
                    .map(next -> form(refused.configForm(), next))
                    .or(() -> dockerThroughout(refused));
        }
        return Optional.empty();
    }

    private Optional<BundleForm> dockerThroughout(BundleForm refused) {
        boolean imagesAreDockers = index.array("manifests").orElse(JsonArray.empty()).elements().stream()
                .map(JsonObject.class::cast)
                .filter(entry -> !entry.string("digest").equals(Optional.of(configEntry.toString())))
                .allMatch(entry -> entry.string("mediaType")
                        .map(MediaType::new)
                        .filter(DOCKERS::contains)
                        .isPresent());
        return imagesAreDockers && refused.configForm() != ConfigForm.DOCKER
                ? Optional.of(form(ConfigForm.DOCKER, IndexForm.DOCKER))
                : Optional.empty();
    }

    private static <F> Optional<F> next(List<F> forms, F current) {
        int next = forms.indexOf(current) + 1;
        return next < forms.size() ? Optional.of(forms.get(next)) : Optional.empty();
    }

    private static Payload configManifest(Payload configBlob, ConfigForm form) {
        Descriptor config = configBlob.as(form.configType()).descriptor();
        return Payload.of(form.manifestType(), ConfigManifest.write(config, form));
    }
}
