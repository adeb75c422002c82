package dev.covibe.overlap;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One side of a comparison, draft or footprint alike: its words as the workspace weighs them, and what it touches. */
record Compared(
        Weighed text,
        List<String> paths,
        Optional<String> repository,
        Optional<String> branch,
        List<String> references) {

    /** Everybody works on these, so sharing one says nothing. */
    private static final Set<String> SHARED_BRANCHES =
            Set.of("main", "master", "trunk", "develop", "development", "dev", "next", "staging", "head");

    /** The branch as a term of the index, unless it is everybody's or of no known repository. */
    Optional<Integer> branchTerm() {
        return repository.flatMap(
                name -> branch.filter(own -> !own.isBlank() && !SHARED_BRANCHES.contains(own.toLowerCase(Locale.ROOT)))
                        .map(own -> Terms.branch(name, own)));
    }
}
