package dev.covibe.overlap;

import java.nio.charset.StandardCharsets;

/**
 * Everything that the index can be asked for is a 32-bit number: a word, a reference, a branch, a place in the file tree.
 * Two words that share a number are rare (a hundred among a hundred thousand words would be one pair) and cost at most a
 * candidate too many: what a person reads as the reason comes from the exact comparison.
 */
final class Terms {

    private Terms() {}

    static int word(String stem) {
        return hash('w', stem);
    }

    static int reference(String reference) {
        return hash('r', reference);
    }

    static int branch(String repository, String branch) {
        return hash('b', repository + '\n' + branch);
    }

    /** A pattern whose literal beginning is exactly this directory or file. */
    static int pathAt(String prefix) {
        return hash('p', prefix);
    }

    /** A pattern whose literal beginning is this directory or lies below it. */
    static int pathUnder(String prefix) {
        return hash('u', prefix);
    }

    /** FNV-1a with a final mix: stable across versions of Java, because it is stored. */
    private static int hash(char kind, String text) {
        int hash = 0x811c9dc5;
        hash = (hash ^ kind) * 0x01000193;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x01000193;
        }
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }
}
