package dev.covibe.insight.analytics;

import dev.covibe.insight.facts.Dimension;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** By what the figures are cut. */
public enum Grouping {
    PROJECT("Project", Dimension.PROJECT, true),
    WORKSTREAM("Workstream", Dimension.WORKSTREAM, true),
    DEVELOPER("Developer", Dimension.DEVELOPER, true),
    AGENT("Agent", Dimension.AGENT, false),
    MODEL("Model", Dimension.MODEL, false);

    private final String title;
    private final Dimension dimension;
    private final boolean completions;

    Grouping(String title, Dimension dimension, boolean completions) {
        this.title = title;
        this.dimension = dimension;
        this.completions = completions;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    Dimension dimension() {
        return dimension;
    }

    /** Whether a task belongs to one of them: several agents and models may have worked on it. */
    public boolean hasCompletions() {
        return completions;
    }

    /** @throws Refusal.Invalid when there is no such grouping */
    public static Grouping of(String key) {
        return Arrays.stream(values())
                .filter(grouping -> grouping.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalidField(
                        "by",
                        "Figures are grouped by one of "
                                + Arrays.stream(values()).map(Grouping::key).collect(Collectors.joining(", ")) + "."));
    }
}
