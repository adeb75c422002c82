package dev.covibe.agents.prices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's name as agents send it, and the shorter names under which the book may know it. The longest known name
 * wins. Only marks of a date or a release may be dropped from the end: {@code gpt-5-mini} is never priced as
 * {@code gpt-5}, since a wrong price is worse than none.
 */
final class ModelName {

    static final String ANY = "*";

    /** {@code us.anthropic.} of Bedrock. Everything up to a slash goes as well: {@code models/}, {@code openai/}. */
    private static final Pattern RESELLER = Pattern.compile("^(?:[a-z]{2,6}\\.)?(?:anthropic|openai|google|azure)[.:]");

    /** {@code [1m]}: Claude Code's mark of a long context. */
    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\]]*]$");

    private static final Pattern RELEASE = Pattern.compile(
            "[-:](?:\\d{8}|\\d{4}-\\d{2}-\\d{2}|\\d{2}-\\d{2}|\\d{2}-\\d{4}|\\d{3}|v\\d+|\\d|latest|preview|exp)$");

    /** A digit alone is a release only behind a colon: {@code claude-opus-4-5} is no release of {@code claude-opus-4}. */
    private static final Pattern VERSION = Pattern.compile("-\\d$");

    private ModelName() {}

    static String of(String sent) {
        String name = sent.strip().toLowerCase(Locale.ROOT).replace('@', '-');
        name = name.substring(name.lastIndexOf('/') + 1);
        name = RESELLER.matcher(name).replaceFirst("");
        return BRACKETS.matcher(name).replaceFirst("");
    }

    /** The name itself, then without its last mark, and so on: longest first. */
    static List<String> longestFirst(String sent) {
        List<String> names = new ArrayList<>();
        String name = of(sent);
        names.add(name);
        Matcher release = RELEASE.matcher(name);
        while (release.find() && !VERSION.matcher(name).find()) {
            name = name.substring(0, release.start());
            names.add(name);
            release = RELEASE.matcher(name);
        }
        return names;
    }
}
