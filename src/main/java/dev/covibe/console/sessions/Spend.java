package dev.covibe.console.sessions;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What was used, as the console shows it: money, tokens, and where each number comes from (AGT-4).
 *
 * @param cost all cost together; empty where nothing was used
 * @param parts how much of it is known how, where there is more to say than one word
 * @param unpriced tokens that cost nothing only because their model has no price, empty if there are none
 * @param any whether anything is known at all
 */
public record Spend(
        String cost,
        String tokens,
        String calls,
        String failed,
        String input,
        String output,
        String cacheRead,
        String cacheWrite,
        List<Part> parts,
        String unpriced,
        boolean any) {

    /**
     * A part of the cost.
     *
     * @param basis {@code reported}, {@code computed} or {@code estimated}
     * @param meaning what that means
     */
    public record Part(String basis, String cost, String meaning) {}

    static final Spend NONE = of(UsageTotals.NONE);

    static Spend of(UsageTotals used) {
        return new Spend(
                Money.of(used.costNanos()),
                Numbers.tokens(used.tokens()),
                Numbers.grouped(used.calls()),
                used.failed() > 0 ? Numbers.grouped(used.failed()) + " failed" : "",
                Numbers.tokens(used.inputTokens()),
                Numbers.tokens(used.outputTokens()),
                Numbers.tokens(used.cacheReadTokens()),
                Numbers.tokens(used.cacheWriteTokens()),
                parts(used),
                used.unpricedTokens() > 0 ? Numbers.tokens(used.unpricedTokens()) + " tokens without a price" : "",
                used.tokens() != 0 || used.calls() != 0 || used.costNanos().signum() != 0);
    }

    private static List<Part> parts(UsageTotals used) {
        List<Part> parts = new ArrayList<>();
        add(parts, "reported", used.reportedNanos(), "The agent’s own client said so");
        add(parts, "computed", used.computedNanos(), "Tokens at the price of their day");
        add(parts, "estimated", used.estimatedNanos(), "The agent itself said what it used");
        return parts;
    }

    private static void add(List<Part> parts, String basis, BigInteger nanos, String meaning) {
        if (nanos.signum() != 0) {
            parts.add(new Part(basis, Money.of(nanos), meaning));
        }
    }
}
