package dev.covibe.coordination.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which cells of which lanes are taken. Cells count upwards. */
final class Lanes {

    /** No lane is better than another. */
    static final int ANY = -1;

    private static final int TRUNK = 0;

    private final List<BitSet> taken = new ArrayList<>();
    private final int firstFree;

    /** @param reserved how many of the first lanes nobody gets who does not ask for the trunk */
    Lanes(int reserved) {
        this.firstFree = reserved;
        for (int i = 0; i < reserved; i++) {
            taken.add(new BitSet());
        }
    }

    /** The wanted lane if it is free over the whole stretch, otherwise the leftmost that is. */
    int take(int wanted, int from, int to) {
        int lane = wanted >= firstFree && isFree(wanted, from, to) ? wanted : firstFree;
        while (!isFree(lane, from, to)) {
            lane++;
        }
        fill(lane, from, to);
        return lane;
    }

    /** The trunk's own lane; work that stands on the trunk's head gets it as long as nobody else has. */
    int takeTrunk(int from, int to) {
        if (!isFree(TRUNK, from, to)) {
            return take(ANY, from, to);
        }
        fill(TRUNK, from, to);
        return TRUNK;
    }

    private boolean isFree(int lane, int from, int to) {
        if (lane >= taken.size()) {
            return true;
        }
        int next = taken.get(lane).nextSetBit(from);
        return next < 0 || next > to;
    }

    private void fill(int lane, int from, int to) {
        while (taken.size() <= lane) {
            taken.add(new BitSet());
        }
        taken.get(lane).set(from, to + 1);
    }

    int count() {
        return taken.size();
    }
}
