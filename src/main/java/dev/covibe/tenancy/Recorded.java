package dev.covibe.tenancy;

import java.util.List;

/** Says what a feature keeps about people, so that everybody can see what is kept about themselves (INS-4). */
public interface Recorded {

    /** In the order in which a person should read them. */
    List<Trace> traces();

    /**
     * One kind of record.
     *
     * @param what its name in the plural: "Agent sessions"
     * @param detail what is in it and what is not, a sentence or two
     * @param sql finds one row, {@code count} (bigint) and {@code latest} (timestamptz or null), for one developer, who
     *     is its only parameter; where rows come without end, it reads their daily totals
     */
    record Trace(String what, String detail, String sql) {}
}
