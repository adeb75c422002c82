package dev.covibe.coordination;

import dev.covibe.tenancy.Recorded;
import jakarta.inject.Singleton;
import java.util.List;

/** What talking and claiming leaves about people. */
@Singleton
class CoordinationTraces implements Recorded {

    @Override
    public List<Trace> traces() {
        return List.of(
                new Trace(
                        "Messages you sent",
                        "The text, as you or your agents sent it to others here.",
                        "select count(*) as count, max(sent_at) as latest from messages where developer_id = ?"),
                new Trace(
                        "Claims",
                        "Which paths were held for you, since when and why.",
                        "select count(*) as count, max(claimed_at) as latest from claims where developer_id = ?"),
                new Trace(
                        "Worktrees",
                        "Branch, commit and how many files differ. No file names, no contents, no absolute paths.",
                        "select count(*) as count, max(seen_at) as latest from graph_worktrees where developer_id = ?"));
    }
}
