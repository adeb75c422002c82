package dev.covibe.insight.performance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What pages compare, chart and put into grids. Each is explained in docs/metrics.md under its key. */
public enum Metric {
    TASKS("Tasks done", Better.MORE, figures -> Optional.of((double) figures.tasks())),
    ACTIVE_DEVELOPERS("Active developers", Better.NEITHER, figures -> Optional.empty()),
    SESSIONS("Sessions", Better.NEITHER, figures -> Optional.of((double) figures.sessions())),
    EVENTS("Events", Better.NEITHER, figures -> Optional.of((double) figures.events())),
    SPANS("Spans", Better.NEITHER, figures -> Optional.of((double) figures.spans())),
    TOKENS("Tokens", Better.NEITHER, figures -> Optional.of((double) figures.tokens())),
    COST("Cost", Better.NEITHER, figures -> Optional.of(figures.nanos().doubleValue())),
    CYCLE("Cycle time", Better.LESS, Figures::cycle),
    COMPLETION("Sessions done", Better.MORE, Figures::completion),
    ERRORS("Errors", Better.LESS, Figures::errorShare),
    ATTRIBUTION("Attributed", Better.MORE, Figures::attribution),
    COST_PER_TASK("Cost per task", Better.LESS, Figures::costPerTask);

    /** Which way is good. Spend and activity are neither: they are what they are. */
    public enum Better {
        MORE,
        LESS,
        NEITHER
    }

    private final String title;
    private final Better better;
    private final Function<Figures, Optional<Double>> of;

    Metric(String title, Better better, Function<Figures, Optional<Double>> of) {
        this.title = title;
        this.better = better;
        this.of = of;
    }

    /** As addresses and documents name it: {@code cost-per-task}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Metric> of(String key) {
        return Arrays.stream(values())
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }

    public String title() {
        return title;
    }

    public Better better() {
        return better;
    }

    /** Absent where nothing is known; active developers are counted elsewhere, as they do not add up. */
    public Optional<Double> of(Figures figures) {
        return of.apply(figures);
    }
}
