package dev.covibe.overlap;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * One reason why a candidate is a candidate.
 *
 * @param text words for a person: "same words: retry, webhook"
 * @param weight what it adds to the score, in [-1,1]; negative where it lowers, 0 where it only informs
 */
public record Signal(Kind kind, String text, double weight) {

    /** In the order in which they are told. */
    public enum Kind {
        ACTIVE_CLAIM,
        SAME_REFERENCE,
        SAME_WORDS,
        SAME_PATHS,
        SAME_BRANCH,
        SAME_OWNER,
        RECENTLY_DONE;

        /** As programs read it: {@code same_words}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
