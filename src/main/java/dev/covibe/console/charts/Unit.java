package dev.covibe.console.charts;

import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.insight.performance.Words;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** What a number counts, how it reads, and which steps an axis of it may have. */
public enum Unit {
    COUNT("", 1) {
        @Override
        public String text(double value) {
            return value == Math.rint(value)
                    ? value >= 100_000 ? Numbers.tokens((long) value) : Numbers.grouped((long) value)
                    : String.format(Locale.ENGLISH, "%.1f", value);
        }
    },
    TOKENS("tokens", 1) {
        @Override
        public String text(double value) {
            return Numbers.tokens(Math.round(value)).replace(".0", "");
        }
    },
    /** In billionths of a US dollar. */
    MONEY("US dollars", 1e9) {
        @Override
        public String text(double value) {
            return Money.of(
                    BigDecimal.valueOf(value).setScale(0, RoundingMode.HALF_UP).toBigInteger());
        }
    },
    /** In seconds. */
    TIME("hours", 3600) {
        @Override
        public String text(double value) {
            return Spans.words(Math.round(value * 1000));
        }
    },
    /** 0 to 1. */
    SHARE("%", 0.01) {
        @Override
        public String text(double value) {
            return Words.percent(value);
        }
    };

    private static final double[] TOPS = {1, 1.2, 1.6, 2, 3, 4, 5, 6, 8};

    private final String word;
    private final double one;

    Unit(String word, double one) {
        this.word = word;
        this.one = one;
    }

    /** As people read it. */
    public abstract String text(double value);

    /** Behind the title of an axis; empty where the title says it. */
    public String word() {
        return word;
    }

    /** The round number at or above a value, where an axis ends; even, so that its middle is round too. */
    double top(double greatest) {
        double wanted = Math.max(greatest / one, this == COUNT || this == TOKENS ? 2 : 0);
        if (wanted <= 0) {
            return one;
        }
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double top : TOPS) {
            double candidate = top * power;
            boolean even = this != COUNT || candidate % 2 == 0;
            if (even && candidate >= wanted - 1e-9) {
                return candidate * one;
            }
        }
        return 10 * power * one;
    }
}
