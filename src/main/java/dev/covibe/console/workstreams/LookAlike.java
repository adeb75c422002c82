package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * A piece of work that looks like the one being planned (OVL-2).
 *
 * @param id what a confirmation sends back
 * @param score 0 to 1 with two digits, as text
 * @param width the score as a share of a bar that is 100 wide
 * @param escalates whether planning needs an explicit confirmation because of it
 * @param chosen whether the reader had confirmed it already
 */
public record LookAlike(
        String id,
        String key,
        String title,
        String url,
        String status,
        String statusWord,
        Who owner,
        String score,
        int width,
        boolean escalates,
        boolean chosen,
        List<Signal> signals) {

    /** Whether it is ground that somebody holds, with no piece of work behind it. */
    public boolean claim() {
        return key.equals("claim");
    }

    /** Whether the work still goes on. */
    public boolean open() {
        return !status.equals("done") && !status.equals("cancelled");
    }

    /**
     * Why it looks alike.
     *
     * @param icon "words", "folder", "hash", "branch", "person" or "clock"
     * @param text the whole phrase: "Same words: webhook, retry"
     * @param hard whether this alone may ask for a confirmation
     */
    public record Signal(String icon, String text, boolean hard) {}
}
