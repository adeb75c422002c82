package dev.covibe.coordination.graph;

import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a snapshot may say. Names that look like a path of somebody's machine refuse the whole snapshot, because they
 * show a sender that says too much; in texts that people wrote such a path is blotted out.
 */
final class SnapshotRules {

    static final int MOST_COMMITS = 5_000;
    static final int MOST_WORKTREES = 200;

    private static final int MOST_PARENTS = 100;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_BRANCH = 300;
    private static final int LONGEST_AUTHOR = 200;
    private static final int LONGEST_SUBJECT = 500;
    private static final int MOST_COUNTED = 1_000_000;

    private static final Pattern SHA = Pattern.compile("^([0-9a-f]{40}|[0-9a-f]{64})$");
    private static final Pattern ABSOLUTE = Pattern.compile("^(?:/|~|[A-Za-z]:[\\\\/]|\\\\\\\\|file:)");
    private static final Pattern PATH_IN_TEXT = Pattern.compile(
            "(?:file://|(?<![\\w.])(?:/(?:home|users|root|private|tmp|mnt|media|volumes|var/folders)/|~/|[a-z]:\\\\|\\\\\\\\\\w))\\S*",
            Pattern.CASE_INSENSITIVE);
    /** Also the signs that turn the direction of writing: they make a line read as another. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u202a-\u202e\u2066-\u2069]+");

    private static final Set<String> OPERATIONS = Set.of("merge", "rebase", "cherry-pick", "revert", "bisect", "am");

    private SnapshotRules() {}

    /** @throws Refusal.Invalid {@code snapshot.absolute-path}, {@code snapshot.too-large}, or a field that is wrong */
    static Report check(Snapshot snapshot) {
        if (snapshot == null || snapshot.repository() == null) {
            throw Refusal.invalidField("/repository", "A snapshot says which repository it is of.");
        }
        String machine = name("/machine", snapshot.machine());
        RepositoryKey repository = repository(snapshot.repository());
        if (snapshot.repository().hidden()) {
            return new Report(machine, repository, true, List.of(), List.of());
        }
        if (repository.identity().isEmpty()) {
            throw Refusal.invalidField("/repository/remote", "A repository that is shared has a remote or a root.");
        }
        List<Snapshot.Worktree> trees = bounded("/worktrees", snapshot.worktrees(), MOST_WORKTREES);
        List<Snapshot.Commit> commits = bounded("/commits", snapshot.commits(), MOST_COMMITS);
        return new Report(machine, repository, false, trees(trees), commits(commits));
    }

    static String machine(String name) {
        return name("machine", name);
    }

    private static RepositoryKey repository(Snapshot.Repository repository) {
        Optional<String> remote = given(repository.remote());
        if (remote.isPresent()) {
            if (ABSOLUTE.matcher(remote.get()).find()) {
                throw path("/repository/remote");
            }
            return RepositoryIdentity.of(remote.get())
                    .map(RepositoryKey::ofIdentity)
                    .orElseThrow(() -> RepositoryKey.unreadable("/repository/remote"));
        }
        Optional<String> root = given(repository.root());
        if (root.isPresent()) {
            return RepositoryKey.ofRoot(
                    sha("/repository/root", root.get()),
                    given(repository.name()).map(name -> name("/repository/name", name)));
        }
        return given(repository.key())
                .map(RepositoryKey::ofHash)
                .orElseThrow(() -> RepositoryKey.unreadable("/repository/remote"));
    }

    private static List<Report.Tree> trees(List<Snapshot.Worktree> worktrees) {
        Set<String> names = new HashSet<>();
        return IntStream.range(0, worktrees.size())
                .mapToObj(i -> {
                    Report.Tree tree = tree("/worktrees/" + i, worktrees.get(i));
                    if (!names.add(tree.name())) {
                        throw Refusal.invalidField("/worktrees/" + i + "/name", "Two worktrees are called alike.");
                    }
                    return tree;
                })
                .toList();
    }

    private static Report.Tree tree(String at, Snapshot.Worktree tree) {
        if (tree == null) {
            throw Refusal.invalidField(at, "A worktree is wanted.");
        }
        return new Report.Tree(
                name(at + "/name", tree.name()),
                given(tree.branch()).map(branch -> line(at + "/branch", branch, LONGEST_BRANCH)),
                sha(at + "/head", tree.head()),
                tree.ahead().map(count -> count(at + "/ahead", count)),
                tree.behind().map(count -> count(at + "/behind", count)),
                count(at + "/staged", tree.staged()),
                count(at + "/modified", tree.modified()),
                count(at + "/untracked", tree.untracked()),
                count(at + "/conflicted", tree.conflicted()),
                given(tree.operation()).map(operation -> operation(at + "/operation", operation)));
    }

    private static List<Report.Commit> commits(List<Snapshot.Commit> commits) {
        return IntStream.range(0, commits.size())
                .mapToObj(i -> commit("/commits/" + i, commits.get(i)))
                .toList();
    }

    private static Report.Commit commit(String at, Snapshot.Commit commit) {
        if (commit == null || commit.at() == null) {
            throw Refusal.invalidField(at + "/at", "A commit says when it was made.");
        }
        List<String> parents = bounded(at + "/parents", commit.parents(), MOST_PARENTS).stream()
                .map(parent -> sha(at + "/parents", parent))
                .distinct()
                .toList();
        return new Report.Commit(
                sha(at + "/sha", commit.sha()),
                parents,
                text(commit.author(), LONGEST_AUTHOR),
                commit.at().toInstant(),
                text(commit.subject(), LONGEST_SUBJECT));
    }

    private static <T> List<T> bounded(String pointer, List<T> list, int most) {
        List<T> given = list == null ? List.of() : list;
        if (given.size() > most) {
            throw Refusal.invalid(
                    "snapshot.too-large",
                    "One snapshot has at most " + most + " of these; send the rest in the next.",
                    new FieldError(pointer, "at most " + most));
        }
        return given;
    }

    private static Optional<String> given(Optional<String> text) {
        return text == null ? Optional.empty() : text.map(String::strip).filter(some -> !some.isEmpty());
    }

    /** The last part of a path and nothing above it. */
    private static String name(String pointer, String name) {
        String line = line(pointer, name, LONGEST_NAME);
        if (line.contains("/") || line.contains("\\")) {
            throw Refusal.invalidField(pointer, "Only a name is wanted here, without the folders above it.");
        }
        return line;
    }

    private static String line(String pointer, String text, int longest) {
        String line = text == null ? "" : text.strip();
        if (ABSOLUTE.matcher(line).find()) {
            throw path(pointer);
        }
        if (line.isEmpty() || line.length() > longest || CONTROL.matcher(line).find()) {
            throw Refusal.invalidField(pointer, "One line of 1 to " + longest + " characters is wanted.");
        }
        return line;
    }

    private static Refusal.Invalid path(String pointer) {
        return Refusal.invalid(
                "snapshot.absolute-path",
                "The server does not want to know where things lie on a machine: " + pointer
                        + " looks like an absolute path. Nothing was stored.",
                new FieldError(pointer, "looks like an absolute path"));
    }

    private static String sha(String pointer, String sha) {
        String lower = sha == null ? "" : sha.toLowerCase(Locale.ROOT);
        if (!SHA.matcher(lower).matches()) {
            throw Refusal.invalidField(pointer, "A whole commit id is wanted: 40 or 64 hexadecimal digits.");
        }
        return lower;
    }

    private static int count(String pointer, int count) {
        if (count < 0 || count > MOST_COUNTED) {
            throw Refusal.invalidField(pointer, "A count from 0 to a million is wanted.");
        }
        return count;
    }

    private static String operation(String pointer, String operation) {
        if (!OPERATIONS.contains(operation)) {
            throw Refusal.invalidField(pointer, "One of merge, rebase, cherry-pick, revert, bisect and am is wanted.");
        }
        return operation;
    }

    /** What people wrote is kept, but for the paths of their machines in it. */
    private static String text(String text, int longest) {
        String line = CONTROL.matcher(text == null ? "" : text).replaceAll(" ").strip();
        String clean = PATH_IN_TEXT.matcher(line).replaceAll("…");
        if (clean.length() <= longest) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return clean.substring(0, end) + "…";
    }
}
