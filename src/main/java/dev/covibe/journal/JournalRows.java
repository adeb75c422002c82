package dev.covibe.journal;

import dev.covibe.tenancy.Erasable;
import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: everything that happened, but for earlier resets. */
@Singleton
class JournalRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of("work_events");
    }
}
