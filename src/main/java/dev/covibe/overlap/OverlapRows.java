package dev.covibe.overlap;

import dev.covibe.tenancy.Erasable;
import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: what work looks like, and what was said of pairs. */
@Singleton
class OverlapRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of(
                "overlap_footprints",
                "overlap_postings",
                "overlap_statistics",
                "overlap_confirmations",
                "overlap_answers",
                "overlap_holds");
    }
}
