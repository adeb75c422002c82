package dev.covibe.insight;

import dev.covibe.tenancy.Erasable;
import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: what was counted of events; what is to be reached stays. */
@Singleton
class InsightRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of("event_daily", "event_positions");
    }
}
