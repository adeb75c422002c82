package dev.covibe.coordination.graph;

import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which repository is meant: by its identity, or by the SHA-256 of it where the developer does not say more.
 *
 * @param hash hex; the same however the repository is named
 * @param identity empty when only the hash was said
 * @param name what people call it; empty when only the hash was said
 */
record RepositoryKey(String hash, Optional<String> identity, Optional<String> name) {

    private static final Pattern HASH = Pattern.compile("^[0-9a-f]{64}$");
    private static final Pattern ROOT = Pattern.compile("^(?:root:)?([0-9a-f]{40}|[0-9a-f]{64})$");
    private static final Pattern ROOT_IDENTITY = Pattern.compile("^root[:/][0-9a-f]+$");
    private static final int SHORT = 8;

    static RepositoryKey ofIdentity(RepositoryIdentity identity) {
        String last = identity.name().substring(identity.name().lastIndexOf('/') + 1);
        return new RepositoryKey(
                RepositoryIdentity.hash(identity.name()), Optional.of(identity.name()), Optional.of(last));
    }

    /** A repository without a remote, called what its folder is called. */
    static RepositoryKey ofRoot(String root, Optional<String> name) {
        RepositoryIdentity identity =
                RepositoryIdentity.of("root:" + root).orElseThrow(() -> unreadable("/repository/root"));
        String shown = name.orElse(root.substring(0, SHORT));
        return new RepositoryKey(
                RepositoryIdentity.hash(identity.name()), Optional.of(identity.name()), Optional.of(shown));
    }

    /** Whether an identity is a first commit and not a remote. */
    static boolean isRoot(String identity) {
        return ROOT_IDENTITY.matcher(identity).matches();
    }

    static RepositoryKey ofHash(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw Refusal.invalidField("/repository/key", "A key is the SHA-256 of the repository's identity in hex.");
        }
        return new RepositoryKey(hash, Optional.empty(), Optional.empty());
    }

    /** What an address says: a remote in any spelling, {@code root:} and a commit, or {@code key:} and a hash. */
    static RepositoryKey of(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("key:")) {
            return ofHash(stripped.substring("key:".length()));
        }
        return ROOT.matcher(stripped).matches()
                ? ofRoot(stripped.replaceFirst("^root:", ""), Optional.empty())
                : RepositoryIdentity.of(stripped)
                        .map(RepositoryKey::ofIdentity)
                        .orElseThrow(() -> unreadable("repository"));
    }

    static Refusal.Invalid unreadable(String pointer) {
        return Refusal.invalidField(
                pointer, "This does not name a repository: a remote is wanted, such as https://github.com/acme/web.");
    }
}
