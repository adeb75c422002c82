package dev.covibe.coordination.graph;

import dev.covibe.agents.PrivateMarks;
import dev.covibe.agents.PrivatePast;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes in what machines report of their repositories (GRF-1), and gives it up again. */
@ApplicationScoped
public class Snapshots {

    /** How much history a repository keeps. Older commits are not asked for. */
    static final int MOST_HISTORY = 20_000;

    /** Room for new commits, so that not every snapshot of a long history has to prune. */
    private static final int SLACK = 2_000;

    private static final int MOST_WANTED = 200;

    /** A commit that no head reaches may be one of which the heads are still to come; after this time it is not. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Transactions transactions;
    private final GraphStore store;
    private final PrivateMarks marks;
    private final PrivatePast past;
    private final Journal journal;
    private final Clock clock;

    Snapshots(
            Transactions transactions,
            GraphStore store,
            PrivateMarks marks,
            PrivatePast past,
            Journal journal,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.marks = marks;
        this.past = past;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What came of a snapshot, and what the server would like to have next; nothing when all three lists are empty.
     *
     * @param stored how many of the commits were new
     * @param missingHeads heads that are not stored: send them and what lies between them and {@code have}
     * @param missingParents commits that stored ones stand on: send them and what lies below, newest first
     * @param have heads that are stored; the sender skips those that it does not know itself
     */
    @RegisterForReflection
    public record Receipt(int stored, List<String> missingHeads, List<String> missingParents, List<String> have) {}

    /**
     * @throws Refusal.Invalid when a field is wrong, or says where things lie on the machine
     * @throws Refusal.Conflict {@code snapshot.private} when the developer has made the repository private there
     */
    public Receipt take(Caller caller, Snapshot snapshot) {
        Report report = SnapshotRules.check(snapshot);
        return transactions.in(caller.place(), () -> {
            store.oneAtATime(caller);
            return report.hidden() ? hide(caller, report) : store(caller, report);
        });
    }

    private Receipt hide(Caller caller, Report report) {
        forget(caller, report.repository(), report.machine());
        marks.put(caller, report.machine(), report.repository().hash());
        return new Receipt(0, List.of(), List.of(), List.of());
    }

    private Receipt store(Caller caller, Report report) {
        if (marks.isSet(caller, report.machine(), report.repository().hash())) {
            throw Refusal.conflict(
                    "snapshot.private",
                    "This repository is private on this machine, so nothing of it is taken. To share it again, delete its "
                            + "snapshots first: DELETE /api/snapshots.");
        }
        Instant now = clock.instant();
        UUID repository = store.repository(caller, report.repository(), now);
        Set<GraphStore.Stand> before = store.stands(caller, repository, report.machine());
        store.replaceWorktrees(caller, repository, report, now);
        int stored = store.addCommits(caller, repository, report.commits(), now);
        Set<GraphStore.Stand> after = store.stands(caller, repository, report.machine());
        if (!before.equals(after)) {
            dropUnreached(caller, repository, now.minus(PATIENCE));
        }
        if (stored > 0 || !before.equals(after)) {
            tell(caller, repository);
        }
        return receipt(caller, repository, stored, report);
    }

    private Receipt receipt(Caller caller, UUID repository, int stored, Report report) {
        List<String> heads = store.unknown(
                caller,
                repository,
                report.worktrees().stream().map(Report.Tree::head).toList());
        List<String> parents = List.of();
        int count = store.countCommits(caller, repository);
        if (count > MOST_HISTORY + SLACK) {
            store.removeOldest(caller, repository, MOST_HISTORY);
        } else if (count < MOST_HISTORY) {
            parents = missingParents(caller, repository);
        }
        return new Receipt(
                stored,
                heads,
                parents,
                heads.isEmpty() ? List.of() : store.knownHeads(caller, repository, MOST_WANTED));
    }

    private List<String> missingParents(Caller caller, UUID repository) {
        Map<String, GraphStore.Link> links = store.links(caller, repository);
        return links.values().stream()
                .flatMap(link -> link.parents().stream())
                .filter(parent -> !links.containsKey(parent))
                .distinct()
                .sorted()
                .limit(MOST_WANTED)
                .toList();
    }

    /**
     * What was thrown away.
     *
     * @param sessions of how many sessions the names were erased
     */
    @RegisterForReflection
    public record Purged(int worktrees, int commits, int sessions) {}

    /**
     * Throws away what the developer's machine told of a repository, also that it is private. Commits that somebody else
     * stands on stay.
     *
     * @param repository a remote in any spelling, {@code root:} and the first commit, or {@code key:} and a hash
     * @param machine empty for all machines of the developer
     * @param sessionsToo whether its name goes out of the developer's sessions as well, on whatever machine
     */
    public Purged purge(Caller caller, String repository, Optional<String> machine, boolean sessionsToo) {
        RepositoryKey key = RepositoryKey.of(repository);
        String name = machine.map(SnapshotRules::machine).orElse("");
        return transactions.in(caller.place(), () -> {
            store.oneAtATime(caller);
            marks.remove(caller, name, key.hash());
            Purged purged = forget(caller, key, name);
            return sessionsToo
                    ? new Purged(purged.worktrees(), purged.commits(), past.erase(caller, key.hash()))
                    : purged;
        });
    }

    private Purged forget(Caller caller, RepositoryKey key, String machine) {
        int worktrees = 0;
        int commits = 0;
        for (GraphStore.Known known : store.ofDeveloper(caller)) {
            if (!RepositoryIdentity.hash(known.identity()).equals(key.hash())) {
                continue;
            }
            int gone = store.removeWorktrees(caller, known.id(), machine);
            if (gone > 0) {
                commits += dropUnreached(caller, known.id(), Instant.MAX);
                tell(caller, known.id());
            }
            worktrees += gone;
            if (store.heads(caller, known.id()).isEmpty()) {
                store.removeRepository(caller, known.id());
            }
        }
        return new Purged(worktrees, commits, 0);
    }

    private int dropUnreached(Caller caller, UUID repository, Instant storedBefore) {
        Map<String, GraphStore.Link> links = store.links(caller, repository);
        Set<String> reached = Ancestors.of(store.heads(caller, repository), sha -> {
            GraphStore.Link link = links.get(sha);
            return link == null ? List.of() : link.parents();
        });
        List<String> unreached = new ArrayList<>();
        links.values().forEach(link -> {
            if (!reached.contains(link.sha()) && link.storedAt().isBefore(storedBefore)) {
                unreached.add(link.sha());
            }
        });
        return store.removeCommits(caller, repository, unreached);
    }

    /** One kind of event for everything, without particulars: who keeps a repository to themself does not show in it. */
    private void tell(Caller caller, UUID repository) {
        journal.record(caller, EventKind.HEADS_MOVED, Subject.repository(repository), Map.of());
    }
}
