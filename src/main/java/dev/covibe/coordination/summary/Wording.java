package dev.covibe.coordination.summary;

import dev.covibe.agents.prices.Dollars;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a week down, as Markdown and as plain text. The same data gives the same words. */
final class Wording {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private record Section(String title, int count, List<String> lines) {}

    private final String heading;
    private final String lead;
    private final List<Section> sections = new ArrayList<>();

    private Wording(String heading, String lead) {
        this.heading = heading;
        this.lead = lead;
    }

    static Wording of(
            String workspace,
            Week week,
            WeekSummary.Figures figures,
            WeekSummary.Spending spending,
            List<WeekSummary.Item> done,
            List<WeekSummary.Item> inProgress,
            List<WeekSummary.Item> blocked,
            List<WeekSummary.Choice> decisions,
            List<WeekSummary.Pair> avoided,
            List<WeekSummary.Item> next) {
        Wording wording = new Wording(
                workspace + ", " + DAY.format(week.monday()) + " to " + DAY_OF_YEAR.format(week.sunday()),
                figures.done() + " done, " + figures.inProgress() + " in progress, " + figures.blocked() + " blocked, "
                        + figures.decisions() + (figures.decisions() == 1 ? " decision, " : " decisions, ")
                        + figures.overlapsAvoided()
                        + (figures.overlapsAvoided() == 1 ? " overlap avoided." : " overlaps avoided.")
                        + spent(spending));
        wording.items("Done", figures.done(), done);
        wording.items("In progress", figures.inProgress(), inProgress);
        wording.items("Blocked", figures.blocked(), blocked);
        wording.section(
                "Decisions",
                figures.decisions(),
                decisions.stream()
                        .map(one -> one.question() + " " + one.choice() + " (@" + one.by() + ")")
                        .toList());
        wording.section(
                "Overlaps avoided",
                figures.overlapsAvoided(),
                avoided.stream()
                        .map(pair -> pair.one() + " and " + pair.other() + " are the same work (@" + pair.by() + ")")
                        .toList());
        wording.items("Next", next.size(), next);
        return wording;
    }

    private static String spent(WeekSummary.Spending spending) {
        if (spending.tokens() == 0) {
            return " No usage was reported.";
        }
        List<String> remarks = new ArrayList<>();
        if (spending.estimatedDollars().signum() > 0) {
            remarks.add("$" + spending.estimatedDollars() + " of it estimated");
        }
        if (spending.unpricedTokens() > 0) {
            remarks.add(String.format(Locale.ROOT, "%,d tokens without a price", spending.unpricedTokens()));
        }
        return String.format(
                        Locale.ROOT,
                        " Agents cost %s for %,d tokens",
                        Dollars.text(spending.dollars()),
                        spending.tokens())
                + (remarks.isEmpty() ? "." : " (" + String.join(", ", remarks) + ").");
    }

    private void items(String title, int count, List<WeekSummary.Item> items) {
        section(
                title,
                count,
                items.stream()
                        .map(item -> item.key() + " " + item.title()
                                + item.owner()
                                        .map(handle -> " (@" + handle + ")")
                                        .orElse("")
                                + item.note().map(note -> ": " + note).orElse(""))
                        .toList());
    }

    private void section(String title, int count, List<String> lines) {
        if (!lines.isEmpty()) {
            sections.add(new Section(title, count, lines));
        }
    }

    String markdown() {
        StringBuilder text =
                new StringBuilder("# ").append(heading).append("\n\n").append(lead);
        for (Section section : sections) {
            text.append("\n\n## ").append(section.title()).append("\n");
            section.lines().forEach(line -> text.append("\n- ").append(line));
            more(section, text, "\n- ");
        }
        return text.append('\n').toString();
    }

    String text() {
        StringBuilder text = new StringBuilder(heading).append("\n").append(lead);
        for (Section section : sections) {
            text.append("\n\n").append(section.title()).append(":");
            section.lines().forEach(line -> text.append("\n  ").append(line));
            more(section, text, "\n  ");
        }
        return text.append('\n').toString();
    }

    private static void more(Section section, StringBuilder text, String mark) {
        int hidden = section.count() - section.lines().size();
        if (hidden > 0) {
            text.append(mark).append("and ").append(hidden).append(" more");
        }
    }
}
