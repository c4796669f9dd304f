/* SPDX-License-Identifier: Apache-2.0 */
package io.github.cnab4j.testkit.profile;

import io.github.cnab4j.server.protocol.ApiOptions;
import io.github.cnab4j.testkit.TestRegistry;
import io.github.cnab4j.testkit.access.Access;
import io.github.cnab4j.testkit.access.Account;
import io.github.cnab4j.testkit.access.TokenFlavour;
import io.github.cnab4j.testkit.fault.Quirk;
import io.github.cnab4j.testkit.log.Kind;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Registries that people use, each as the habits that a client has to survive there. {@link #start()} gives a registry with all of
 * them; it lets in {@link #USER} and nobody else.
 */
@SuppressWarnings("ImmutableEnumChecker") // suppliers and habits have no state; what they make has
public enum RegistryProfile {
    /** Docker Hub: tokens that end soon, quotas, no mounts from everywhere. */
    HUB(
            Profiles::tokensThatEndSoon,
            Habit.builtIn("Q01"),
            Habit.builtIn("Q10"),
            Habit.builtIn("Q13"),
            Habits.refusesMounts(400),
            Habits.limitsManifests(),
            Habits.limitsInPlainText(),
            Habits.countsPulls()),

    /** GitHub Container Registry. */
    GHCR(
            Profiles.tokens(),
            Habit.of("Q17", Quirk.RELATIVE_LOCATION),
            Habit.of("Q25", Quirk.CHUNKS_UP_TO_4_MIB),
            Habits.limitsManifestsInWords(),
            Habits.limitsUnder403(),
            Habits.noReferrers(404)),

    /** Amazon Elastic Container Registry, private: repositories are made beforehand, tags cannot be changed. */
    ECR(
            Profiles::passwords,
            api -> api.withMinChunkBytes(5 << 20),
            Habit.of("Q23", Quirk.DROPS_LATER_CHUNKS),
            Habit.builtIn("Q24"),
            Habit.of("Q31", Quirk.NO_EMPTY_BLOBS),
            Habits.noNewRepositories(),
            Habit.of("Q46", Quirk.IMMUTABLE_TAGS),
            Habits.blobsElsewhere("Q57"),
            Habits.limitsBurstsOfManifests(),
            Habits.pagesUpTo(1000)),

    /** Amazon Elastic Container Registry, public. */
    ECR_PUBLIC(
            Profiles.tokens(TokenFlavour.FIXED_SCOPE),
            Habit.builtIn("Q16"),
            Habits.refusesHeadOfBlobs(401),
            Habits.limitsManifests()),

    /** Azure Container Registry: identity tokens, no passwords. */
    ACR(
            Profiles.tokens(TokenFlavour.ACCESS_TOKEN_FIELD, TokenFlavour.IDENTITY_TOKENS_ONLY),
            api -> api.withMaxManifestBytes(4 << 20),
            Habit.builtIn("Q01"),
            Habit.builtIn("Q03"),
            Habit.builtIn("Q04"),
            Habit.builtIn("Q50"),
            Habits.blobsElsewhere("Q57")),

    /** Google Artifact Registry. */
    GAR(Profiles.tokens(TokenFlavour.TOKEN_FIELD), Habit.builtIn("Q01"), Habit.of("Q22", Quirk.NO_CHUNKS)),

    /** Quay: knows image configs only, and wants all of an index to be of one family. */
    QUAY(
            Profiles.tokens(),
            Habit.of("Q36", Quirk.MOUNT_NEEDS_FROM),
            Habits.imageConfigsOnly(415),
            Habits.noMixedIndexes(),
            Habit.of("Q47", Quirk.NO_OVERLAPPING_PUTS),
            Habits.manifestsAppearLate(),
            Habits.blobsElsewhere("Q58"),
            Habit.of("Q65", Quirk.ACCEPT_DECIDES)),

    /** Harbor, several replicas of it, with a proxy cache. */
    HARBOR(
            Profiles.tokens(TokenFlavour.FIRST_SCOPE_ONLY),
            Habits.challengeWithoutWords(Kind.REFERRERS),
            Habit.builtIn("Q09"),
            Habits.forgetsAnUpload(),
            Habits.refusesMounts(401),
            Habit.of("Q47", Quirk.NO_OVERLAPPING_PUTS),
            Habits.otherLengthOfHead(),
            Habits.webPageForABlob()),

    /** Artifactory, a virtual repository of it. */
    ARTIFACTORY(
            Profiles.tokens(),
            Habit.of("Q21", Quirk.BYTES_BY_PATCH_ONLY),
            Habits.forbidsWhatIsMissing(),
            Habits.noReferrers(406)),

    /** Nexus 3: passwords, no OCI indexes. */
    NEXUS(
            Profiles::passwords,
            Habits.challenge("Q07", "BASIC realm=\"Sonatype Nexus Repository Manager\""),
            Habits.noOciIndexes(),
            Habits.mediaTypeMemberOfIndexes(),
            Habit.builtIn("Q45"),
            Habit.of("Q66", Quirk.ACCEPT_REQUIRED)),

    /** GitLab: knows image configs only. */
    GITLAB(
            Profiles.tokens(),
            Habit.of("Q31", Quirk.NO_EMPTY_BLOBS),
            Habits.refusesMounts(401),
            Habits.imageConfigsOnly(400),
            Habit.builtIn("Q45")),

    /** Gitea and Forgejo: one write an upload, ranges of their own. */
    GITEA(
            Profiles.tokens(TokenFlavour.GET_ONLY, TokenFlavour.STAR_SCOPE),
            Habit.builtIn("Q03"),
            Habit.builtIn("Q08"),
            Habit.of("Q26", Quirk.NO_CHUNKS),
            Habits.noRangeOfUploads(),
            Habit.builtIn("Q45")),

    /** The CNCF distribution registry behind a proxy that ends TLS and limits bodies; a test has to accept its certificate. */
    DISTRIBUTION_BEHIND_PROXY(
            Profiles::passwords,
            Habit.of("Q18", Quirk.PLAIN_LOCATION),
            Habit.of("Q19", Quirk.CHANGING_LOCATION),
            Habits.bodiesUpTo((1 << 20) + 1000),
            Habits.noReferrers(404)),

    /** zot: no Docker media types. */
    ZOT(Profiles::passwords, Habits.noDockerTypes(), Habits.tagsKeepTheirType(), Habit.of("Q62", Quirk.RANGES_IGNORED)),

    /** IBM Cloud Container Registry. */
    IBM(Profiles.tokens(TokenFlavour.FORBIDS_FOR_SCOPE), Habit.builtIn("Q06")),

    /** Oracle Cloud Infrastructure Registry. */
    OCIR(Profiles.tokens(TokenFlavour.NO_SCOPE), Habit.builtIn("Q08")),

    /** DigitalOcean, an account over its quota: reading only. */
    DIGITALOCEAN(Profiles.tokens(TokenFlavour.OVER_QUOTA), Habit.builtIn("Q15")),

    /**
     * A registry that lies: alters what it hands out, names other digests than it stores, lists without end, and sends its clients,
     * with their credentials if it can, to another host.
     */
    HOSTILE(
            Profiles::passwords,
            Habits.namesOtherDigests("Q49"),
            Habits.endlessList("Q75"),
            OtherName.asksNobodyForAName("S01"),
            OtherName.redirects("S03"),
            OtherName.takesUploads("S04"),
            OtherName.continuesLists("S07"),
            Habits.altersContent("S10", Kind.MANIFEST),
            Habits.altersContent("S30", Kind.BLOB));

    /** Who may do everything, by password or, where only those are good, by identity token. */
    public static final Account USER = Account.of("user", "pass:word").withIdentityToken("identity-of-user");

    private final Supplier<Access> access;
    private final UnaryOperator<ApiOptions> api;
    private final List<Habit> habits;

    RegistryProfile(Supplier<Access> access, Habit... habits) {
        this(access, UnaryOperator.identity(), habits);
    }

    RegistryProfile(Supplier<Access> access, UnaryOperator<ApiOptions> api, Habit... habits) {
        this.access = access;
        this.api = api;
        this.habits = List.of(habits);
    }

    /** The numbers of its habits, in their order. */
    public List<String> habits() {
        return habits.stream().map(Habit::number).toList();
    }

    /** Whether {@link #USER} gets in by its identity token only. */
    public boolean wantsIdentityToken() {
        return this == ACR;
    }

    /** Whether repositories have to be there before they are pushed to. */
    public boolean wantsRepositories() {
        return habits().contains("Q38");
    }

    /** A registry with these habits. */
    public TestRegistry start() {
        TestRegistry.Builder builder =
                TestRegistry.builder().access(access.get()).api(api);
        TestRegistry registry =
                (this == DISTRIBUTION_BEHIND_PROXY ? builder.tls(Profiles.certificate()) : builder).start();
        habits.forEach(habit -> registry.inject(
                habit.pattern(), habit.occurrence(), habit.fault().get()));
        return registry;
    }
}
