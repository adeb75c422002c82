package dev.covibe.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code .env} files: lines of {@code NAME=value}, perhaps in quotes, perhaps after {@code export}; {@code #} begins a comment. */
final class EnvironmentFiles {

    /** The first that names a variable wins; what the process was given wins over all. */
    private static final List<String> NAMES = List.of(".env.production.local", ".env.local", ".env.production", ".env");

    private static final Pattern LINE =
            Pattern.compile("^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*$");

    private EnvironmentFiles() {}

    /** What the files in a directory say; none need be there. */
    static Map<String, String> read(Path directory) {
        Map<String, String> variables = new HashMap<>();
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                try {
                    Files.readAllLines(file).forEach(line -> {
                        Matcher matcher = LINE.matcher(line);
                        if (matcher.matches()) {
                            variables.putIfAbsent(matcher.group(1), value(matcher.group(2)));
                        }
                    });
                } catch (IOException unreadable) {
                    throw Failure.of(file + " cannot be read (" + unreadable.getMessage() + ").", unreadable);
                }
            }
        }
        return variables;
    }

    private static String value(String text) {
        if (text.length() > 1 && (text.startsWith("\"") || text.startsWith("'"))) {
            int end = text.indexOf(text.charAt(0), 1);
            return end > 0 ? text.substring(1, end) : text.substring(1);
        }
        return text.replaceFirst("\\s+#.*$", "");
    }
}
