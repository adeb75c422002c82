package dev.covibe.work;

import dev.covibe.tenancy.Erasable;
import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: tasks and workstreams; projects and their numbers stay, so that an old key never means new work. */
@Singleton
class WorkRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of("tasks", "task_dependencies", "workstreams");
    }
}
