package dev.covibe.insight.performance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A sentence that a rule made of numbers.
 *
 * @param rule its name in docs/metrics.md, such as {@code errors-high}
 * @param address of the page that helps; empty if none does
 */
@RegisterForReflection
public record Remark(String rule, String text, String address) {

    static Remark of(String rule, String text) {
        return new Remark(rule, text, "");
    }
}
