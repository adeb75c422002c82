package dev.covibe.work;

import dev.covibe.tenancy.Recorded;
import jakarta.inject.Singleton;
import java.util.List;

/** What planning leaves about people. */
@Singleton
class WorkTraces implements Recorded {

    @Override
    public List<Trace> traces() {
        return List.of(new Trace(
                "Tasks you own",
                "What was planned, its status and how it ended.",
                "select count(*) as count, max(updated_at) as latest from tasks where owner_id = ?"));
    }
}
