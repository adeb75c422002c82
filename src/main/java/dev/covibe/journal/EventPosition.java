package dev.covibe.journal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a workspace's log: the transaction that wrote the event, then its number. A reader that resumes from a
 * position misses nothing, because only events of finished transactions below the oldest running one are ever shown.
 */
public record EventPosition(long tx, long seq) implements Comparable<EventPosition> {

    private static final Pattern TEXT = Pattern.compile("^(\\d{1,18})-(\\d{1,18})$");

    @Override
    public String toString() {
        return tx + "-" + seq;
    }

    public static Optional<EventPosition> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(EventPosition other) {
        return tx == other.tx ? Long.compare(seq, other.seq) : Long.compare(tx, other.tx);
    }
}
