package dev.covibe.overlap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the index holds of a footprint, and what is asked of it for a draft. Both sides keep to their most telling words,
 * so neither a write nor a question grows with the length of a text or the size of a workspace.
 */
final class Query {

    /** Words by which a footprint can be found. */
    static final int POSTED_WORDS = 40;

    /** Words by which footprints are sought. */
    static final int WANTED_WORDS = 24;

    /** Postings read for each term, those of the greatest impact first and the newest among equals. */
    static final int POSTINGS_PER_TERM = 150;

    /** Candidates that are compared exactly. */
    static final int COMPARED = 400;

    /** Impacts are stored as small integers. */
    static final int IMPACT = 100;

    private static final int PATH_DEPTH = 8;
    private static final int PATHS = 50;
    private static final double REFERENCE_GAIN = 4;
    private static final double BRANCH_GAIN = 2;
    private static final double PATH_GAIN = 1;

    private Query() {}

    /** Impact by term, in (0,{@value #IMPACT}]. */
    static Map<Integer, Integer> posted(Compared footprint, Statistics statistics) {
        Map<Integer, Integer> posted = new LinkedHashMap<>();
        Weighed text = footprint.text();
        for (int at : best(text, POSTED_WORDS)) {
            double presence = Weighed.presence(text.profile(), at, statistics);
            posted.put(text.term(at), Math.max(1, (int) Math.round(IMPACT * presence)));
        }
        marks(footprint).forEach(term -> posted.put(term, IMPACT));
        for (String path : footprint.paths().stream().limit(PATHS).toList()) {
            List<String> steps = steps(path);
            posted.put(Terms.pathAt(steps.getLast()), IMPACT);
            steps.forEach(step -> posted.put(Terms.pathUnder(step), IMPACT));
        }
        return posted;
    }

    /** Gain by term: what finding it is worth. */
    static Map<Integer, Double> wanted(Compared draft, Statistics statistics) {
        Map<Integer, Double> wanted = new LinkedHashMap<>();
        Weighed text = draft.text();
        for (int at : best(text, WANTED_WORDS)) {
            wanted.put(text.term(at), text.weight(at) * text.rarity(at));
        }
        double rare = statistics.highestRarity() * statistics.highestRarity();
        draft.references().forEach(one -> wanted.put(Terms.reference(one), REFERENCE_GAIN * rare));
        draft.branchTerm().ifPresent(term -> wanted.put(term, BRANCH_GAIN * rare));
        for (String path : draft.paths().stream().limit(PATHS).toList()) {
            List<String> steps = steps(path);
            wanted.put(Terms.pathUnder(steps.getLast()), PATH_GAIN * rare);
            for (int depth = 0; depth < steps.size(); depth++) {
                wanted.put(Terms.pathAt(steps.get(depth)), PATH_GAIN * rare * (depth + 1) / steps.size());
            }
        }
        return wanted;
    }

    private static List<Integer> marks(Compared footprint) {
        List<Integer> marks = new ArrayList<>();
        footprint.references().forEach(one -> marks.add(Terms.reference(one)));
        footprint.branchTerm().ifPresent(marks::add);
        return marks;
    }

    private static List<Integer> best(Weighed text, int most) {
        return IntStream.range(0, text.size())
                .filter(at -> text.weight(at) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer at) -> -text.weight(at))
                        .thenComparing(text::term))
                .limit(most)
                .toList();
    }

    /** The root and each literal directory below it, as far as the pattern is literal: "", "src", "src/auth". */
    private static List<String> steps(String path) {
        List<String> steps = new ArrayList<>();
        steps.add("");
        StringBuilder step = new StringBuilder();
        for (String segment :
                Globs.literalPrefix(path).stream().limit(PATH_DEPTH).toList()) {
            step.append(step.isEmpty() ? "" : "/").append(segment);
            steps.add(step.toString());
        }
        return steps;
    }
}
