package dev.covibe.ops.canary;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How a whole canary ended.
 *
 * @param closing the last line, {@code PASS hosted canary} when all is well
 */
public record Outcome(String origin, List<Line> lines, String closing) {

    /**
     * @param says what was found, or the sentence that says what is wrong
     */
    public record Line(String probe, boolean passed, String says, long millis) {

        String text() {
            return "%-7s  %s: %s (%d ms)".formatted(passed ? "ok" : "failure", probe, says, millis);
        }
    }

    public boolean passed() {
        return lines.stream().allMatch(Line::passed);
    }

    /** As an object, for CI. */
    public ObjectNode json() {
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("origin", origin)
                .put("passed", passed())
                .put("closing", closing);
        ArrayNode probes = json.putArray("probes");
        lines.forEach(line -> probes.addObject()
                .put("probe", line.probe())
                .put("passed", line.passed())
                .put("says", line.says())
                .put("millis", line.millis()));
        return json;
    }
}
