package dev.covibe.overlap;

import java.util.ArrayList;
import java.util.List;

/** Whether one name of a file or directory can match two patterns at once. */
final class Segments {

    /** One place in a pattern: any run of characters, or one character out of a set. */
    private record Place(boolean run, boolean negated, String ranges) {

        private static final Place RUN = new Place(true, true, "");
        private static final Place ANY = new Place(false, true, "");

        /** Ranges are pairs of first and last character. */
        private boolean has(char c) {
            boolean listed = false;
            for (int i = 0; i < ranges.length(); i += 2) {
                listed |= ranges.charAt(i) <= c && c <= ranges.charAt(i + 1);
            }
            return listed != negated && c != '/';
        }

        private boolean meets(Place other) {
            if (negated && other.negated) {
                return true;
            }
            Place finite = negated ? other : this;
            Place second = negated ? this : other;
            for (int i = 0; i < finite.ranges.length(); i += 2) {
                for (int c = finite.ranges.charAt(i); c <= finite.ranges.charAt(i + 1); c++) {
                    if (second.has((char) c)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private Segments() {}

    static boolean meet(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        List<Place> left = places(one);
        List<Place> right = places(other);
        boolean[] reach = new boolean[right.size() + 1];
        reach[0] = true;
        for (int j = 1; j <= right.size() && right.get(j - 1).run(); j++) {
            reach[j] = true;
        }
        for (Place here : left) {
            boolean[] next = new boolean[right.size() + 1];
            next[0] = here.run() && reach[0];
            for (int j = 1; j <= right.size(); j++) {
                Place there = right.get(j - 1);
                if (here.run() || there.run()) {
                    next[j] = reach[j] || next[j - 1];
                } else {
                    next[j] = reach[j - 1] && here.meets(there);
                }
            }
            reach = next;
        }
        return reach[right.size()];
    }

    private static List<Place> places(String pattern) {
        List<Place> places = new ArrayList<>();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            int close = c == '[' ? pattern.indexOf(']', i + 2) : -1;
            if (c == '*') {
                places.add(Place.RUN);
            } else if (c == '?') {
                places.add(Place.ANY);
            } else if (close > 0) {
                places.add(set(pattern.substring(i + 1, close)));
                i = close;
            } else {
                places.add(new Place(false, false, "" + c + c));
            }
            i++;
        }
        return places;
    }

    private static Place set(String inside) {
        boolean negated = inside.startsWith("!") || inside.startsWith("^");
        String members = negated ? inside.substring(1) : inside;
        StringBuilder ranges = new StringBuilder();
        for (int i = 0; i < members.length(); i++) {
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            ranges.append(members.charAt(i)).append(members.charAt(range ? i + 2 : i));
            i += range ? 2 : 0;
        }
        return new Place(false, negated, ranges.toString());
    }
}
