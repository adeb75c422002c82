package dev.covibe.site.docs;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the sections that speak of all the words asked for; a word in a title counts most, then one in a heading. */
final class Finder {

    /** As many as a reader looks through. */
    static final int MOST = 30;

    private static final int LONGEST_QUERY = 100;
    private static final int TITLE = 12;
    private static final int HEADING = 8;
    private static final int MOST_IN_TEXT = 4;
    private static final int BEFORE = 60;
    private static final int EXCERPT = 200;

    private Finder() {}

    /**
     * A place that speaks of what was asked.
     *
     * @param address page and anchor
     * @param excerpt safe HTML, in which the words asked for are marked
     */
    record Hit(String address, String title, String heading, String excerpt) {}

    private record Scored(Hit hit, int score) {}

    static List<Hit> find(Stream<Article> articles, String query) {
        List<String> words = Arrays.stream(
                        query.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .map(word -> word.length() > LONGEST_QUERY ? word.substring(0, LONGEST_QUERY) : word)
                .filter(word -> !word.isEmpty())
                .distinct()
                .limit(8)
                .toList();
        if (words.isEmpty()) {
            return List.of();
        }
        return articles.flatMap(article -> article.sections().stream().map(section -> scored(article, section, words)))
                .filter(scored -> scored.score() > 0)
                .sorted(Comparator.comparingInt(Scored::score).reversed())
                .limit(MOST)
                .map(Scored::hit)
                .toList();
    }

    private static Scored scored(Article article, Article.Section section, List<String> words) {
        String title = article.title().toLowerCase(Locale.ROOT);
        String heading = section.heading().toLowerCase(Locale.ROOT);
        String text = section.text().toLowerCase(Locale.ROOT);
        int score = 0;
        for (String word : words) {
            int ofWord = (title.contains(word) ? (section.anchor().isEmpty() ? TITLE : TITLE / 4) : 0)
                    + (heading.contains(word) ? HEADING : 0)
                    + Math.min(MOST_IN_TEXT, occurrences(text, word));
            if (ofWord == 0) {
                return new Scored(new Hit("", "", "", ""), 0);
            }
            score += ofWord;
        }
        String anchor = section.anchor().isEmpty() ? "" : "#" + section.anchor();
        return new Scored(
                new Hit(article.address() + anchor, article.title(), section.heading(), excerpt(section.text(), words)),
                score);
    }

    private static int occurrences(String text, String word) {
        int count = 0;
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length())) {
            count++;
        }
        return count;
    }

    private static String excerpt(String text, List<String> words) {
        String flat = text.replaceAll("\\s+", " ");
        String lower = flat.toLowerCase(Locale.ROOT);
        int first = words.stream()
                .mapToInt(lower::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(0);
        int start = first <= BEFORE ? 0 : lower.indexOf(' ', first - BEFORE) + 1;
        int end = Math.min(flat.length(), start + EXCERPT);
        String piece = (start > 0 ? "… " : "") + flat.substring(start, end) + (end < flat.length() ? " …" : "");
        String pattern = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        StringBuilder html = new StringBuilder();
        Matcher matcher = Pattern.compile("(?i)" + pattern).matcher(piece);
        int after = 0;
        while (matcher.find()) {
            html.append(Highlighter.escape(piece.substring(after, matcher.start())))
                    .append("<mark>")
                    .append(Highlighter.escape(matcher.group()))
                    .append("</mark>");
            after = matcher.end();
        }
        return html.append(Highlighter.escape(piece.substring(after))).toString();
    }
}
