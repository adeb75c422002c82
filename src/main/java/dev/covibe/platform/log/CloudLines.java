package dev.covibe.platform.log;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** One JSON object on each line, in the names that Cloud Logging gives a meaning to (PLT-11). */
final class CloudLines extends ExtFormatter {

    private final Optional<String> project;

    /** @param project of Google Cloud, without which a trace id cannot be linked to its trace */
    CloudLines(Optional<String> project) {
        this.project = project;
    }

    @Override
    public String format(ExtLogRecord entry) {
        Map<String, String> trail = new TreeMap<>(entry.getMdcCopy());
        JsonObject line = new JsonObject()
                .put("severity", severity(entry.getLevel()))
                .put("time", entry.getInstant().toString())
                .put("message", Secrecy.keep(formatMessage(entry)))
                .put("logger", entry.getLoggerName());
        Optional.ofNullable(trail.remove(Trail.TRACE))
                .ifPresent(trace -> line.put(
                        "logging.googleapis.com/trace",
                        project.map(name -> "projects/" + name + "/traces/" + trace)
                                .orElse(trace)));
        Optional.ofNullable(trail.remove(Trail.SPAN))
                .ifPresent(span -> line.put("logging.googleapis.com/spanId", span));
        if (!trail.isEmpty()) {
            JsonObject labels = new JsonObject();
            trail.forEach(labels::put);
            line.put("logging.googleapis.com/labels", labels);
        }
        if (entry.getThrown() != null) {
            line.put("stack_trace", Secrecy.keep(ReadableLines.stack(entry.getThrown())));
        }
        return line.encode() + "\n";
    }

    private static String severity(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
