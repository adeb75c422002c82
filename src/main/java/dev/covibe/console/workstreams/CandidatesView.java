package dev.covibe.console.workstreams;

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

    /** Whether one alone asks for a confirmation. */
    public boolean single() {
        return candidates.stream().filter(LookAlike::escalates).count() == 1;
    }

    /** What the reader sees first after a refusal: "2 others are on this". */
    public String headline() {
        long open = candidates.stream()
                .filter(LookAlike::escalates)
                .filter(LookAlike::open)
                .count();
        if (open == 0) {
            return "This was done lately";
        }
        return open == 1 ? "Somebody is on this already" : open + " others are on this";
    }
}
