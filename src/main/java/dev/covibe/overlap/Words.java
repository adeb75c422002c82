package dev.covibe.overlap;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the words of software text. An identifier gives its parts and itself whole ({@code JavaKeyStoreProvider}: java,
 * key, store, provider, javakeystoreprovider), and its initials, because people write ABFS for AzureBlobFileSystem. The
 * parts of one thing weigh less than a word that stands alone, or long names would drown short ones.
 */
final class Words {

    private static final double WHOLE = 0.7;
    private static final double DOTTED_WHOLE = 0.5;
    private static final double PART = 0.7;
    private static final double DOTTED_PART = 0.8;
    private static final double INITIALS = 0.4;
    private static final double VERSION = 0.5;
    private static final double VERSION_LINE = 0.3;
    private static final double NUMBER = 0.3;
    private static final double TRACKER = 0.5;
    private static final int LONGEST = 160;

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.'’$#-]*");
    private static final Pattern URL = Pattern.compile("https?://[^\\s|\\]})>\"]+");
    private static final Pattern VERSION_NUMBER = Pattern.compile(
            "v?\\d+(?:\\.[\\dx]+)+(?:[.-]?(?:final|rc\\d*|m\\d+|ga|release|snapshot|alpha\\d*|beta\\d*|v\\d+))?");
    private static final Pattern VERSION_ORNAMENT = Pattern.compile("^v|[.-]?(?:final|ga|release|snapshot)$");
    private static final Pattern NOISE = Pattern.compile("[0-9a-f]{12,}|[\\d_.:-]+");
    private static final Pattern JOINT = Pattern.compile("[.#-]+");
    private static final Pattern APOSTROPHE = Pattern.compile("['’]");

    /** Where the words go. */
    @FunctionalInterface
    interface Sink {

        /** A word: its stem, the form in which a person would recognise it, and its weight in (0,1]. */
        void word(String stem, String shown, double weight);
    }

    private Words() {}

    static void read(String text, Sink sink) {
        String plain = URL.matcher(normal(text)).replaceAll(url -> Matcher.quoteReplacement(tail(url.group())));
        Matcher tokens = TOKEN.matcher(plain);
        while (tokens.find()) {
            token(trimmed(tokens.group()), sink);
        }
    }

    static void token(String raw, Sink sink) {
        if (raw.isEmpty() || raw.length() > LONGEST) {
            return;
        }
        if (References.isTicket(raw)) {
            sink.word(raw.toLowerCase(Locale.ROOT), raw, 1);
            plain(raw.substring(0, raw.indexOf('-')), sink, TRACKER);
            return;
        }
        String lower = raw.toLowerCase(Locale.ROOT);
        if (VERSION_NUMBER.matcher(lower).matches()) {
            version(VERSION_ORNAMENT.matcher(lower).replaceAll(""), sink);
        } else if (NOISE.matcher(lower).matches()) {
            if (lower.length() <= 5 && lower.chars().allMatch(Character::isDigit)) {
                sink.word(lower, lower, NUMBER);
            }
        } else {
            name(APOSTROPHE.matcher(raw).replaceAll(""), sink);
        }
    }

    /** Without the punctuation that ends a sentence. */
    private static String trimmed(String token) {
        int end = token.length();
        while (end > 0 && ".'’$#-".indexOf(token.charAt(end - 1)) >= 0) {
            end--;
        }
        return token.substring(0, end);
    }

    /** The last step of an address says what it is about; the host is the same in every report. */
    private static String tail(String url) {
        String path = url.contains("#") ? url.substring(0, url.indexOf('#')) : url;
        String last = path.substring(path.lastIndexOf('/') + 1);
        return " " + last.substring(last.lastIndexOf('=') + 1) + " ";
    }

    private static void version(String version, Sink sink) {
        sink.word(version, version, VERSION);
        String[] numbers = version.split("\\.");
        if (numbers.length > 2) {
            sink.word(numbers[0] + "." + numbers[1] + ".*", numbers[0] + "." + numbers[1], VERSION_LINE);
        }
    }

    private static void name(String raw, Sink sink) {
        String[] pieces = JOINT.split(raw);
        boolean dotted = pieces.length > 1;
        for (String piece : pieces) {
            List<String> parts = parts(piece);
            if (parts.size() > 1) {
                whole(piece, piece, sink, WHOLE);
                initials(parts, piece, sink);
                parts.forEach(part -> plain(part, sink, PART));
            } else {
                parts.forEach(part -> plain(part, sink, dotted ? DOTTED_PART : 1));
            }
        }
        if (dotted && pieces.length <= 4) {
            whole(String.join("", pieces), raw, sink, DOTTED_WHOLE);
        }
    }

    private static void whole(String name, String shown, Sink sink, double weight) {
        sink.word(Stems.of(name.toLowerCase(Locale.ROOT).replace("_", "")), shown, weight);
    }

    private static void initials(List<String> parts, String shown, Sink sink) {
        if (parts.size() > 2) {
            StringBuilder letters = new StringBuilder();
            parts.forEach(part -> letters.append(Character.toLowerCase(part.charAt(0))));
            sink.word(letters.toString(), shown, INITIALS);
        }
    }

    private static void plain(String word, Sink sink, double weight) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.length() >= 2 && Character.isIdeographic(lower.codePointAt(0))) {
            // Chinese and Japanese write no spaces: pairs of signs stand in for words.
            for (int i = 0; i + 2 <= lower.length(); i++) {
                sink.word(lower.substring(i, i + 2), lower.substring(i, i + 2), weight);
            }
            return;
        }
        if (lower.length() < 2 || Stems.silent(lower)) {
            return;
        }
        String stem = Stems.of(lower);
        if (stem.length() >= 2 && !Stems.silent(stem)) {
            sink.word(stem, word, weight);
        }
    }

    /** camelCase, PascalCase, ACRONYMWord and snake_case, apart. */
    static List<String> parts(String identifier) {
        List<String> parts = new ArrayList<>();
        for (String unit : identifier.split("[_$]+")) {
            int start = 0;
            for (int i = 1; i < unit.length(); i++) {
                if (startsPart(unit, i)) {
                    parts.add(unit.substring(start, i));
                    start = i;
                }
            }
            if (start < unit.length()) {
                parts.add(unit.substring(start));
            }
        }
        return parts;
    }

    private static boolean startsPart(String unit, int at) {
        char before = unit.charAt(at - 1);
        char here = unit.charAt(at);
        if (!Character.isUpperCase(here)) {
            return false;
        }
        if (Character.isLowerCase(before)) {
            return true;
        }
        boolean lowerFollows = at + 1 < unit.length() && Character.isLowerCase(unit.charAt(at + 1));
        boolean pluralOfAcronym = at + 2 == unit.length() && unit.charAt(at + 1) == 's';
        return Character.isUpperCase(before) && lowerFollows && !pluralOfAcronym;
    }

    private static String normal(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 128);
        return ascii ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
