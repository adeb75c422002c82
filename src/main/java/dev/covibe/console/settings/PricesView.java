package dev.covibe.console.settings;

import dev.covibe.console.frame.Filled;
import java.util.List;

/**
 * The price book in the settings (AGT-5).
 *
 * @param date when the shipped prices were the public ones, in words
 * @param admin whether the reader may change prices
 * @param filter what a model's name must contain to be shown
 * @param all how many shipped prices there are
 * @param adding whether the form stands open
 */
public record PricesView(
        String date,
        boolean admin,
        String filter,
        List<Unpriced> unpriced,
        List<Row> company,
        List<Row> shipped,
        int all,
        boolean adding,
        Filled form) {

    /** How many shipped prices are not shown. */
    public int more() {
        return filter.isEmpty() ? all - shipped.size() : 0;
    }

    /**
     * A model that was used and has no price.
     *
     * @param add the address of the form, filled for it
     */
    public record Unpriced(String provider, String model, String tokens, String calls, String last, String add) {}

    /**
     * A price: rates in dollars for a million tokens.
     *
     * @param from the first day, in words
     * @param until the first day without it, empty while it holds
     * @param over whether it holds no more, or does not hold yet
     * @param change the address of the form, filled with it
     */
    public record Row(
            String id,
            String provider,
            String model,
            String from,
            String until,
            boolean over,
            String input,
            String output,
            String cacheRead,
            String cacheWrite,
            String change) {}
}
