package dev.covibe.console.coordination;

import java.util.List;

/**
 * The monitor (CRD-6): what waits for somebody, and who is where.
 *
 * @param state one sentence: "2 blockers, 1 decision wanted, 3 agents active."
 * @param error why the last action was refused, empty if there was none
 * @param urgent messages that somebody must acknowledge
 * @param inbox what else waits for the reader
 * @param audited when work was audited last, in words; empty if never
 * @param conflictCount how many pairs the audit raised that nobody has answered
 * @param made what was decided last
 * @param talk the workspace's last messages
 */
public record CoordinationView(
        String state,
        String error,
        List<MessageItem> urgent,
        List<MessageItem> inbox,
        List<BlockerItem> blockers,
        int blockerCount,
        List<DecisionItem> wanted,
        int wantedCount,
        List<ClaimItem> claims,
        boolean moreClaims,
        String audited,
        List<ConflictItem> conflicts,
        int conflictCount,
        List<SessionItem> active,
        List<DecisionItem> made,
        List<MessageItem> talk) {

    /** Whether nothing waits for anybody. */
    public boolean calm() {
        return urgent.isEmpty() && inbox.isEmpty() && blockers.isEmpty() && wanted.isEmpty() && conflicts.isEmpty();
    }
}
