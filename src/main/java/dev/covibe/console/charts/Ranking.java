package dev.covibe.console.charts;

import java.util.List;

/**
 * Parts of a whole, the greatest first, each as a bar from nought.
 *
 * @param rest what is not shown, in words; empty if nothing
 */
public record Ranking(String id, String title, List<Part> parts, String rest) {

    /**
     * @param mark "@lin" or "WEB-12"
     * @param name longer; may be empty
     * @param width of the bar, 0 to 100
     * @param share of the whole, in words
     * @param note beside the value; may be empty
     * @param quiet whether it is the bucket of what belongs to nothing
     */
    public record Part(
            String mark,
            String name,
            String address,
            double width,
            String value,
            String share,
            String note,
            boolean quiet) {}

    /** One thing to be ranked. */
    public record Thing(String mark, String name, String address, double value, String note, boolean quiet) {}

    /** @param things the greatest first; whatever has no value is left out */
    public static Ranking of(String id, String title, Unit unit, List<Thing> things, int most) {
        double all = things.stream().mapToDouble(Thing::value).sum();
        double greatest = things.stream().mapToDouble(Thing::value).max().orElse(0);
        List<Thing> some = things.stream().filter(thing -> thing.value() > 0).toList();
        List<Part> parts = some.stream()
                .limit(most)
                .map(thing -> new Part(
                        thing.mark(),
                        thing.name(),
                        thing.address(),
                        Math.max(0.5, Math.round(1000 * thing.value() / greatest) / 10.0),
                        unit.text(thing.value()),
                        Unit.SHARE.text(thing.value() / all),
                        thing.note(),
                        thing.quiet()))
                .toList();
        int hidden = some.size() - parts.size();
        double left = some.stream().skip(most).mapToDouble(Thing::value).sum();
        return new Ranking(
                id, title, parts, hidden <= 0 ? "" : "and " + hidden + " more, " + unit.text(left) + " together");
    }
}
