package dev.covibe.overlap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Patterns of paths, relative to the root of a repository: {@code *} and {@code ?} stay within one segment,
 * {@code **} as a whole segment is any number of segments, none included, {@code [a-z]} and {@code [!a]} are one
 * character, {@code {a,b}} is one of several. A trailing slash means everything below.
 */
public final class Globs {

    private static final int ALTERNATIVES = 64;
    private static final int LONGEST = 512;
    private static final int SEGMENTS = 64;

    private Globs() {}

    /** Whether some path matches both patterns. Exact; symmetric. */
    public static boolean intersect(String one, String other) {
        return new Ground(alternatives(one)).meets(new Ground(alternatives(other)));
    }

    /**
     * What somebody means who names a pattern as ground: what matches it and, when its last segment is literal and may so
     * be a directory, everything below.
     */
    public static Ground ground(String pattern) {
        String plain = normal(pattern);
        boolean literal = isLiteral(plain.substring(plain.lastIndexOf('/') + 1));
        return new Ground(alternatives(literal ? plain + "/**" : plain));
    }

    /** A pattern made ready for being compared often. */
    public static final class Ground {

        private final List<String[]> alternatives;

        private Ground(List<String[]> alternatives) {
            this.alternatives = alternatives;
        }

        /** Whether some path belongs to both. Exact; symmetric. */
        public boolean meets(Ground other) {
            for (String[] left : alternatives) {
                for (String[] right : other.alternatives) {
                    if (meet(left, right)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    private static boolean isLiteral(String segment) {
        return segment.chars().noneMatch(c -> "*?[]{},".indexOf(c) >= 0);
    }

    /** The directories and, if it is literal too, the file that a pattern begins with, before its first wildcard. */
    static List<String> literalPrefix(String pattern) {
        List<String> prefix = new ArrayList<>();
        for (String segment : segments(normal(pattern))) {
            if (!isLiteral(segment)) {
                break;
            }
            prefix.add(segment);
        }
        return prefix;
    }

    /** Forward slashes, no leading {@code ./} or {@code /}, and {@code dir/} as {@code dir/**}. */
    public static String normal(String pattern) {
        String plain = pattern.strip().replace('\\', '/');
        if (plain.length() > LONGEST) {
            // No real path is that long; what is cut off becomes "anything", so that nothing is overlooked.
            plain = plain.substring(0, plain.lastIndexOf('/', LONGEST) + 1);
        }
        while (plain.startsWith("./") || plain.startsWith("/")) {
            plain = plain.substring(plain.indexOf('/') + 1);
        }
        return plain.endsWith("/") || plain.isEmpty() ? plain + "**" : plain;
    }

    private static String[] segments(String pattern) {
        String[] segments = pattern.split("/+");
        if (segments.length <= SEGMENTS) {
            return segments;
        }
        String[] shorter = Arrays.copyOf(segments, SEGMENTS);
        shorter[SEGMENTS - 1] = "**";
        return shorter;
    }

    private static List<String[]> alternatives(String pattern) {
        List<String> expanded = new ArrayList<>();
        expand("", normal(pattern), expanded);
        return expanded.stream().map(Globs::segments).toList();
    }

    /** Braces multiplied out. Past {@value #ALTERNATIVES} alternatives a brace is taken as "anything". */
    private static void expand(String before, String rest, List<String> expanded) {
        int open = rest.indexOf('{');
        int close = open < 0 ? -1 : closing(rest, open);
        if (close < 0) {
            expanded.add(before + rest);
            return;
        }
        String head = before + rest.substring(0, open);
        String tail = rest.substring(close + 1);
        List<String> choices = choices(rest.substring(open + 1, close));
        if (expanded.size() + choices.size() > ALTERNATIVES) {
            expanded.add(head.substring(0, head.lastIndexOf('/') + 1) + "**");
            return;
        }
        for (String choice : choices) {
            expand(head, choice + tail, expanded);
        }
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> choices(String inside) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                choices.add(inside.substring(start, i));
                start = i + 1;
            }
        }
        choices.add(inside.substring(start));
        return choices;
    }

    private static boolean meet(String[] one, String[] other) {
        // reach[j]: the first i segments of one and the first j of other can stand for the same directories.
        boolean[] reach = new boolean[other.length + 1];
        reach[0] = true;
        for (int j = 1; j <= other.length && other[j - 1].equals("**"); j++) {
            reach[j] = true;
        }
        for (int i = 1; i <= one.length; i++) {
            boolean[] next = new boolean[other.length + 1];
            boolean many = one[i - 1].equals("**");
            next[0] = many && reach[0];
            for (int j = 1; j <= other.length; j++) {
                boolean manyOther = other[j - 1].equals("**");
                if (many || manyOther) {
                    next[j] = many && (reach[j] || next[j - 1]) || manyOther && (next[j - 1] || reach[j]);
                } else {
                    next[j] = reach[j - 1] && Segments.meet(one[i - 1], other[j - 1]);
                }
            }
            reach = next;
        }
        return reach[other.length];
    }
}
