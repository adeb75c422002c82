package dev.covibe.console;

import java.util.List;

/**
 * What looks like the work being typed.
 *
 * @param asked whether there was enough text to look for anything
 * @param refused whether a plan has just been refused because of these, so that each needs its confirmation (OVL-3)
 * @param reason the reason typed before
 * @param reasonError what is wrong with the reason, empty if nothing is
 */
public record CandidatesView(
        boolean asked, boolean refused, List<LookAlike> candidates, String reason, String reasonError) {

    public static CandidatesView unasked() {
        return new CandidatesView(false, false, List.of(), "", "");
    }

    /** What the reader sees first: "2 others are on this". */
    public String headline() {
        return candidates.size() == 1 ? "Somebody is on this already" : candidates.size() + " others are on this";
    }
}
