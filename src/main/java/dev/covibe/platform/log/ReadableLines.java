package dev.covibe.platform.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** {@code 12:00:00 WARN  Bus: what happened [trace=4bf9…]}, for people at a terminal. */
final class ReadableLines extends ExtFormatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    @Override
    public String format(ExtLogRecord entry) {
        StringBuilder line = new StringBuilder(TIME.format(entry.getInstant()))
                .append(String.format(" %-5s ", entry.getLevel().getName()))
                .append(entry.getLoggerName().replaceAll(".*\\.", ""))
                .append(": ")
                .append(formatMessage(entry));
        Map<String, String> trail = new TreeMap<>(entry.getMdcCopy());
        if (!trail.isEmpty()) {
            line.append(trail.entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(" ", " [", "]")));
        }
        line.append('\n');
        if (entry.getThrown() != null) {
            line.append(stack(entry.getThrown()));
        }
        return Secrecy.keep(line.toString());
    }

    static String stack(Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }
}
