package dev.covibe.coordination.graph;

import dev.covibe.agents.SessionView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * In which worktree an agent works. Sessions say the worktree and the branch; machines say both of what they have. The
 * name of the worktree tells more than the branch, and where a session says neither, the owner's only worktree is it.
 */
final class SessionPlaces {

    private static final int SAME_WORKTREE = 2;
    private static final int SAME_BRANCH = 1;

    private SessionPlaces() {}

    /** The sessions of each worktree, in the order in which they were given. */
    static Map<UUID, List<SessionView>> match(List<Standing> standings, List<SessionView> sessions) {
        Map<UUID, List<SessionView>> places = new HashMap<>();
        for (SessionView session : sessions) {
            place(standings, session)
                    .ifPresent(standing -> places.computeIfAbsent(standing.id(), _ -> new ArrayList<>())
                            .add(session));
        }
        return places;
    }

    private static Optional<Standing> place(List<Standing> standings, SessionView session) {
        List<Standing> own = standings.stream()
                .filter(standing -> standing.developer().equals(session.developer()))
                .toList();
        if (session.worktree().isEmpty() && session.branch().isEmpty()) {
            return own.size() == 1 ? Optional.of(own.getFirst()) : Optional.empty();
        }
        return own.stream()
                .filter(standing -> likeness(standing, session) > 0)
                .max(Comparator.comparingInt((Standing standing) -> likeness(standing, session))
                        .thenComparing(Standing::seenAt)
                        .thenComparing(Standing::id));
    }

    private static int likeness(Standing standing, SessionView session) {
        boolean sameWorktree = session.worktree()
                .map(SessionPlaces::basename)
                .filter(standing.worktree()::equals)
                .isPresent();
        boolean sameBranch = session.branch().isPresent() && session.branch().equals(standing.branch());
        return (sameWorktree ? SAME_WORKTREE : 0) + (sameBranch ? SAME_BRANCH : 0);
    }

    private static String basename(String worktree) {
        String trimmed = worktree.replaceAll("[/\\\\]+$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
    }
}
