package dev.covibe.ops.readiness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.covibe.ops.Failure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes steps one after the other and ends at the first that fails: what comes later would take long and prove nothing. */
final class Walk {

    private record Taken(Step step, boolean passed, String says, long millis) {}

    private final String passes;
    private final boolean json;
    private final PrintStream out;
    private final List<Taken> taken = new ArrayList<>();

    /** @param passes what the closing line says is passed, such as {@code customer readiness} */
    Walk(String passes, boolean json, PrintStream out) {
        this.passes = passes;
        this.json = json;
        this.out = out;
    }

    /** @return whether every step passed */
    boolean take(List<Step> steps) {
        for (Step step : steps) {
            if (!json) {
                out.println("begin    " + step.name() + ": " + step.does());
            }
            long began = System.nanoTime();
            Taken done;
            try {
                String says = step.action().take();
                done = new Taken(step, true, says, (System.nanoTime() - began) / 1_000_000);
            } catch (Failure failure) {
                done = new Taken(step, false, failure.getMessage(), (System.nanoTime() - began) / 1_000_000);
            }
            taken.add(done);
            if (!json) {
                out.println((done.passed() ? "ok       " : "failure  ") + step.name() + ": " + done.says() + " ("
                        + duration(done.millis()) + ")");
            }
            if (!done.passed()) {
                break;
            }
        }
        boolean passed = taken.stream().allMatch(Taken::passed);
        String closing = passed
                ? "PASS " + passes
                : "FAIL " + passes + ": " + taken.getLast().step().name();
        out.println(json ? json(passed, closing).toPrettyString() : closing);
        return passed;
    }

    private ObjectNode json(boolean passed, String closing) {
        ObjectNode json =
                new ObjectMapper().createObjectNode().put("passed", passed).put("closing", closing);
        ArrayNode steps = json.putArray("steps");
        taken.forEach(done -> steps.addObject()
                .put("step", done.step().name())
                .put("passed", done.passed())
                .put("says", done.says())
                .put("millis", done.millis()));
        return json;
    }

    private static String duration(long millis) {
        return millis < 1000
                ? millis + " ms"
                : millis < 120_000
                        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
                        : millis / 60_000 + " min " + millis / 1000 % 60 + " s";
    }
}
