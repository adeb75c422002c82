package dev.covibe.overlap;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a title and a description say: the profile that is kept, and the words as a person wrote them, for explaining.
 *
 * <p>Prose counts fully, code blocks and logs less. Of a stack trace the first frames of one's own code count, frames of
 * platforms and test runners do not. Only the beginning of a long text is read: what follows is detail.
 */
record Reading(Profile profile, Map<Integer, String> shown) {

    private static final int PROSE_WORDS = 250;
    private static final int CODE_WORDS = 120;
    private static final double CODE = 0.6;
    private static final int FRAMES = 5;
    private static final double FRAME = 0.7;
    private static final int LONGEST_LINE = 2_000;

    private static final Pattern FENCE = Pattern.compile("\\{(?:code|noformat)[^}]*\\}|```\\w*");
    private static final Pattern FRAME_LINE = Pattern.compile("\\s*(?:\\[\\w+\\]\\s*)?at\\s+([\\w$.<>/]+)\\s?\\(.*");
    private static final Pattern SCRIPT_FRAME = Pattern.compile("\\s*File \"([^\"]+)\", line \\d+(?:, in (\\S+))?.*");
    private static final Pattern GENERIC_FRAME = Pattern.compile(
            "(?:java|javax|jakarta|jdk|sun|com\\.sun|kotlin|scala|groovy|junit|org\\.junit|org\\.testng|org\\.mockito"
                    + "|org\\.apache\\.maven|org\\.gradle|io\\.netty|org\\.eclipse\\.jetty|org\\.springframework"
                    + "|io\\.quarkus|org\\.jboss|node|internal|Object|Module|Function|process|Promise)[./:].*"
                    + "|.*(?:site-packages|node_modules|/lib/python).*");

    static Reading of(String title, String description) {
        Collector collector = new Collector();
        Words.read(title, collector::title);
        String[] blocks = FENCE.split(description, -1);
        for (int i = 0; i < blocks.length; i++) {
            collector.block(blocks[i], i % 2 == 1);
        }
        return new Reading(Profile.of(collector.titles, collector.bodies), Map.copyOf(collector.shown));
    }

    /** Gathers words by their hash, and remembers how each was first written. */
    private static final class Collector {

        private final Map<Integer, Double> titles = new HashMap<>();
        private final Map<Integer, Double> bodies = new HashMap<>();
        private final Map<Integer, String> shown = new HashMap<>();
        private int proseWords;
        private int codeWords;
        private int frames;

        private void title(String stem, String written, double weight) {
            titles.merge(remember(stem, written), weight, Math::max);
        }

        private void body(String stem, String written, double weight) {
            bodies.merge(remember(stem, written), weight, Double::sum);
        }

        private int remember(String stem, String written) {
            int term = Terms.word(stem);
            shown.merge(term, written, (one, other) -> one.length() <= other.length() ? one : other);
            return term;
        }

        private void block(String text, boolean code) {
            for (String line : text.lines().toList()) {
                if ((code ? codeWords : proseWords) >= (code ? CODE_WORDS : PROSE_WORDS)) {
                    return;
                }
                if (!frame(line)) {
                    words(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line, code);
                }
            }
        }

        private void words(String line, boolean code) {
            Words.read(line, (stem, written, weight) -> {
                if (code && codeWords++ < CODE_WORDS) {
                    body(stem, written, weight * CODE);
                } else if (!code && proseWords++ < PROSE_WORDS) {
                    body(stem, written, weight);
                }
            });
        }

        private boolean frame(String line) {
            Matcher compiled = FRAME_LINE.matcher(line);
            if (compiled.matches()) {
                String[] names = compiled.group(1).split("[./]");
                own(compiled.group(1), names[Math.max(0, names.length - 2)], names[names.length - 1]);
                return true;
            }
            Matcher script = SCRIPT_FRAME.matcher(line);
            if (script.matches()) {
                String file = script.group(1);
                String function = script.group(2) == null ? "" : script.group(2);
                own(file, file.substring(file.lastIndexOf('/') + 1), function);
                return true;
            }
            return false;
        }

        private void own(String where, String type, String method) {
            if (GENERIC_FRAME.matcher(where).matches() || frames++ >= FRAMES) {
                return;
            }
            Words.token(type, (stem, written, weight) -> body(stem, written, weight * FRAME));
            Words.token(method, (stem, written, weight) -> body(stem, written, weight * FRAME));
        }
    }
}
