package dev.covibe.overlap;

/**
 * A profile seen with the statistics of its workspace: every word has a weight that grows with its rarity, saturates with
 * its count, counts more in the title, and less the longer the text is.
 */
final class Weighed {

    private static final double TITLE = 2;
    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.5;

    private final Profile profile;
    private final double[] rarities;
    private final double[] weights;
    private final double norm;
    private final double sum;
    private final double titleSum;

    Weighed(Profile profile, Statistics statistics) {
        this.profile = profile;
        int size = profile.size();
        this.rarities = new double[size];
        this.weights = new double[size];
        double squares = 0;
        double all = 0;
        double titles = 0;
        for (int i = 0; i < size; i++) {
            rarities[i] = statistics.rarity(profile.term(i));
            weights[i] = presence(profile, i, statistics) * rarities[i];
            squares += weights[i] * weights[i];
            all += weights[i];
            titles += rarities[i] * profile.title(i);
        }
        this.norm = Math.sqrt(squares);
        this.sum = all;
        this.titleSum = titles;
    }

    /** How strongly a text is about a word, whatever the word's rarity, in [0,1). */
    static double presence(Profile profile, int at, Statistics statistics) {
        double count = TITLE * profile.title(at) + profile.body(at);
        double damping = SATURATION * (1 - LENGTH + LENGTH * profile.length() / statistics.averageLength());
        return count / (count + damping);
    }

    Profile profile() {
        return profile;
    }

    int size() {
        return profile.size();
    }

    int term(int at) {
        return profile.term(at);
    }

    double rarity(int at) {
        return rarities[at];
    }

    double weight(int at) {
        return weights[at];
    }

    double title(int at) {
        return profile.title(at);
    }

    /** Euclidean length of the weights. */
    double norm() {
        return norm;
    }

    double sum() {
        return sum;
    }

    /** Weighted count of the description's words. */
    double bodyLength() {
        return profile.length();
    }

    /** Rarity of the title's words, summed. */
    double titleSum() {
        return titleSum;
    }
}
