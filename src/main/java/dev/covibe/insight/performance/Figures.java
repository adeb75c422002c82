package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.insight.facts.CompletionFigures;
import dev.covibe.insight.facts.SessionFigures;
import dev.covibe.insight.facts.SpanFigures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Everything that is counted of a developer, a day or the whole team. docs/metrics.md has a formula for each figure;
 * what nothing is known of is absent and never 0.
 *
 * @param tasks done by their owner
 * @param cycleSeconds from start to end of those tasks, added up
 * @param sessions that began
 * @param done sessions that ended with that outcome, of {@code ended}
 * @param seconds in session, added up
 * @param calls to models and {@code failedCalls} of them
 * @param attributedTokens of the tokens, those that belong to a task
 * @param nanos cost in billionths of a US dollar, of which {@code estimatedNanos} is the agents' own word
 * @param events of work
 * @param answers blockers answered and decisions made
 * @param tools tool spans and {@code toolErrors} of them
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Figures(
        long tasks,
        long cycleSeconds,
        long sessions,
        long ended,
        long done,
        long seconds,
        long calls,
        long failedCalls,
        long tokens,
        long attributedTokens,
        long unpricedTokens,
        BigInteger nanos,
        BigInteger estimatedNanos,
        long events,
        long answers,
        long spans,
        long errors,
        long tools,
        long toolErrors) {

    public static final Figures NONE =
            new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, BigInteger.ZERO, BigInteger.ZERO, 0, 0, 0, 0, 0, 0);

    static Figures of(CompletionFigures completed) {
        return new Figures(
                completed.tasks(),
                completed.cycleSeconds(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                BigInteger.ZERO,
                BigInteger.ZERO,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    static Figures of(SessionFigures sat) {
        return new Figures(
                0,
                0,
                sat.sessions(),
                sat.ended(),
                sat.done(),
                sat.seconds(),
                0,
                0,
                0,
                0,
                0,
                BigInteger.ZERO,
                BigInteger.ZERO,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    static Figures of(UsageTotals used, boolean attributed) {
        return new Figures(
                0,
                0,
                0,
                0,
                0,
                0,
                used.calls(),
                used.failed(),
                used.tokens(),
                attributed ? used.tokens() : 0,
                used.unpricedTokens(),
                used.costNanos(),
                used.estimatedNanos(),
                0,
                0,
                0,
                0,
                0,
                0);
    }

    static Figures of(SpanFigures spans) {
        return new Figures(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                BigInteger.ZERO,
                BigInteger.ZERO,
                0,
                0,
                spans.spans(),
                spans.errors(),
                spans.tools(),
                spans.toolErrors());
    }

    static Figures ofEvents(long events, long answers) {
        return new Figures(
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, BigInteger.ZERO, BigInteger.ZERO, events, answers, 0, 0, 0, 0);
    }

    Figures plus(Figures other) {
        return new Figures(
                tasks + other.tasks,
                cycleSeconds + other.cycleSeconds,
                sessions + other.sessions,
                ended + other.ended,
                done + other.done,
                seconds + other.seconds,
                calls + other.calls,
                failedCalls + other.failedCalls,
                tokens + other.tokens,
                attributedTokens + other.attributedTokens,
                unpricedTokens + other.unpricedTokens,
                nanos.add(other.nanos),
                estimatedNanos.add(other.estimatedNanos),
                events + other.events,
                answers + other.answers,
                spans + other.spans,
                errors + other.errors,
                tools + other.tools,
                toolErrors + other.toolErrors);
    }

    /** Whether anything happened. */
    public boolean any() {
        return !equals(NONE);
    }

    /** Mean seconds from the start of work on a task to its end. */
    @JsonProperty
    public Optional<Double> cycle() {
        return share(cycleSeconds, tasks);
    }

    /** Of the sessions that ended, the share with outcome done. */
    @JsonProperty
    public Optional<Double> completion() {
        return share(done, ended);
    }

    /** Of calls to models and tool spans, the share that failed. */
    @JsonProperty
    public Optional<Double> errorShare() {
        return share(failedCalls + toolErrors, calls + tools);
    }

    /** Of the tokens, the share that belongs to a task. */
    @JsonProperty
    public Optional<Double> attribution() {
        return tokens <= 0 ? Optional.empty() : share(attributedTokens, tokens);
    }

    /** Cost divided by tasks done, in billionths of a US dollar. */
    @JsonProperty
    public Optional<Double> costPerTask() {
        return tasks == 0 || nanos.signum() == 0 ? Optional.empty() : Optional.of(nanos.doubleValue() / tasks);
    }

    private static Optional<Double> share(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }
}
