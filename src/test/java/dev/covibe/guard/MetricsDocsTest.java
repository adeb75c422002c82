package dev.covibe.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.insight.performance.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md explains every figure and every rule, and nothing that is gone. */
class MetricsDocsTest {

    private static final Pattern HEADING = Pattern.compile("(?m)^#### ([a-z-]+)$");
    private static final Pattern RULE = Pattern.compile("(?:Remark\\.of|new Remark)\\(\\s*\"([a-z-]+)\"");
    private static final Pattern EITHER = Pattern.compile("\\? \"(agent-[a-z]+)\" : \"(agent-[a-z]+)\"");

    /** Figures of pages that are no metric of the team. */
    private static final Set<String> OTHERS = Set.of("cost-per-session", "coverage", "unattributed");

    @Test
    void every_metric_and_every_rule_has_its_heading_and_every_heading_its_rule() throws IOException {
        String docs = Files.readString(Path.of("docs/metrics.md"));
        Set<String> headings = new TreeSet<>(
                HEADING.matcher(docs).results().map(match -> match.group(1)).toList());
        Set<String> wanted = new TreeSet<>(OTHERS);
        wanted.addAll(Arrays.stream(Metric.values()).map(Metric::key).collect(Collectors.toSet()));
        for (String file : new String[] {"Briefs", "AgentRules", "Diagnosing"}) {
            String source = Files.readString(Path.of("src/main/java/dev/covibe/insight/performance/" + file + ".java"));
            RULE.matcher(source).results().map(match -> match.group(1)).forEach(wanted::add);
            EITHER.matcher(source).results().forEach(match -> {
                wanted.add(match.group(1));
                wanted.add(match.group(2));
            });
        }
        assertThat(headings).isEqualTo(wanted);
    }
}
