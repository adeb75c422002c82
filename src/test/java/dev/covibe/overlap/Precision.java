package dev.covibe.overlap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * How good the candidates are on real duplicates (OVL-5, QLT-4).
 *
 * @param asked pairs that were asked for
 * @param found of them, by the rank within which the duplicate stood
 * @param escalatedAlone reports without a known duplicate that escalate
 * @param alone reports without a known duplicate
 * @param escalated reports that escalate at all
 * @param escalatedPaired of them, those for which a known duplicate is among what must be confirmed
 */
public record Precision(
        int asked, Map<Integer, Integer> found, int escalatedAlone, int alone, int escalated, int escalatedPaired) {

    public static final List<Integer> RANKS = List.of(1, 5, 10, 20);

    /** Asks with every report, leaving the report itself out. */
    public static Precision measure(
            Reports reports, List<Reports.Pair> pairs, Function<Reports.Report, List<Candidate>> check) {
        Map<String, List<Candidate>> answers = new HashMap<>();
        reports.byId().values().forEach(report -> answers.put(report.id(), check.apply(report)));
        Map<Integer, Integer> found = new HashMap<>();
        for (Reports.Pair pair : pairs) {
            int rank = rank(answers.get(pair.asked().id()), pair.duplicate().uuid());
            RANKS.stream().filter(limit -> rank <= limit).forEach(limit -> found.merge(limit, 1, Integer::sum));
        }
        Set<String> alone = reports.alone();
        int escalated = 0;
        int escalatedAlone = 0;
        int escalatedPaired = 0;
        for (Reports.Report report : reports.byId().values()) {
            List<UUID> raised = answers.get(report.id()).stream()
                    .filter(Candidate::escalates)
                    .map(Candidate::id)
                    .toList();
            if (!raised.isEmpty()) {
                escalated++;
                escalatedAlone += alone.contains(report.id()) ? 1 : 0;
                escalatedPaired += reports.pairs().stream().anyMatch(pair -> joins(pair, report, raised)) ? 1 : 0;
            }
        }
        return new Precision(pairs.size(), found, escalatedAlone, alone.size(), escalated, escalatedPaired);
    }

    public double recall(int rank) {
        return (double) found.getOrDefault(rank, 0) / asked;
    }

    /** Share of the reports without a known duplicate that escalate. */
    public double falseAlarms() {
        return (double) escalatedAlone / alone;
    }

    /** Share of the escalations in which a known duplicate is named. Unlabelled duplicates count against it. */
    public double ofEscalations() {
        return escalated == 0 ? 0 : (double) escalatedPaired / escalated;
    }

    private static boolean joins(Reports.Pair pair, Reports.Report report, List<UUID> raised) {
        return pair.asked().equals(report) && raised.contains(pair.duplicate().uuid())
                || pair.duplicate().equals(report)
                        && raised.contains(pair.asked().uuid());
    }

    private static int rank(List<Candidate> candidates, UUID duplicate) {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).id().equals(duplicate)) {
                return i + 1;
            }
        }
        return Integer.MAX_VALUE;
    }
}
