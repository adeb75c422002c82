package dev.covibe.overlap;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeSet;

/**
 * The words of one text, as they are stored: term numbers in ascending order with their weight in the title (hundredths,
 * 0 to 100) and their weighted count in the description (tenths, at most 25.5). Rounding happens here and nowhere else,
 * so a text scores the same whether it was just written or read back.
 */
final class Profile {

    private static final int BYTES_PER_TERM = Integer.BYTES + 2;

    private final int[] terms;
    private final byte[] titles;
    private final byte[] bodies;
    private final double length;

    private Profile(int[] terms, byte[] titles, byte[] bodies) {
        this.terms = terms;
        this.titles = titles;
        this.bodies = bodies;
        double sum = 0;
        for (int i = 0; i < terms.length; i++) {
            sum += body(i);
        }
        this.length = sum;
    }

    static Profile of(Map<Integer, Double> titles, Map<Integer, Double> bodies) {
        TreeSet<Integer> all = new TreeSet<>(titles.keySet());
        all.addAll(bodies.keySet());
        int[] terms = all.stream().mapToInt(Integer::intValue).toArray();
        byte[] title = new byte[terms.length];
        byte[] body = new byte[terms.length];
        for (int i = 0; i < terms.length; i++) {
            title[i] = (byte) Math.round(100 * titles.getOrDefault(terms[i], 0.0));
            body[i] = (byte) Math.min(255, Math.round(10 * bodies.getOrDefault(terms[i], 0.0)));
        }
        return new Profile(terms, title, body);
    }

    static Profile decode(byte[] bytes) {
        int size = bytes.length / BYTES_PER_TERM;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int[] terms = new int[size];
        byte[] titles = new byte[size];
        byte[] bodies = new byte[size];
        for (int i = 0; i < size; i++) {
            terms[i] = buffer.getInt();
        }
        buffer.get(titles);
        buffer.get(bodies);
        return new Profile(terms, titles, bodies);
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(terms.length * BYTES_PER_TERM);
        for (int term : terms) {
            buffer.putInt(term);
        }
        return buffer.put(titles).put(bodies).array();
    }

    int size() {
        return terms.length;
    }

    int term(int at) {
        return terms[at];
    }

    /** In [0,1]; 0 when the title does not have the word. */
    double title(int at) {
        return titles[at] / 100.0;
    }

    double body(int at) {
        return (bodies[at] & 0xff) / 10.0;
    }

    /** Weighted words of the description. */
    double length() {
        return length;
    }
}
