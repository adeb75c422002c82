package dev.covibe.companion;

import dev.covibe.tenancy.Recorded;
import jakarta.inject.Singleton;
import java.util.List;

/** What machines leave about their people. */
@Singleton
class CompanionTraces implements Recorded {

    @Override
    public List<Trace> traces() {
        return List.of(new Trace(
                "Machines",
                "Name, system and version of the companion, and when it last called.",
                "select count(*) as count, max(seen_at) as latest from companion_machines where developer_id = ?"));
    }
}
