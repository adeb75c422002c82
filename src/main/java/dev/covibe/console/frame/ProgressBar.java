package dev.covibe.console.frame;

import io.quarkus.qute.TemplateData;

/**
 * How far a workstream is, as parts of a bar that is 100 wide. Cancelled tasks count nowhere.
 *
 * @param done share of completed tasks, 0 to 100
 * @param review share in review
 * @param active share in progress
 * @param words the same for the ear and the eye, for example "12 of 20 done"
 */
@TemplateData
public record ProgressBar(double done, double review, double active, String words) {

    public static ProgressBar of(int done, int review, int active, int all) {
        if (all == 0) {
            return new ProgressBar(0, 0, 0, "No tasks yet");
        }
        return new ProgressBar(
                share(done, all), share(review, all), share(active, all), "%d of %d done".formatted(done, all));
    }

    /** Where the part in progress begins. */
    public double activeFrom() {
        return done + review;
    }

    private static double share(int part, int all) {
        return Math.round(1000.0 * part / all) / 10.0;
    }
}
