package dev.covibe.site.docs;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code with its comments, strings, words and numbers told apart. It knows no grammar, only how tokens look, which is enough
 * for the short pieces that documentation shows; what it does not know it leaves plain.
 */
final class Highlighter {

    private static final String STRING = "\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'";
    private static final String NUMBER = "(?<![\\w.-])\\d[\\d_]*(?:\\.\\d+)?(?![\\w.])";
    private static final String HASH_COMMENT = "(?<![^\\s])#[^\\n]*";

    private static final Pattern SHELL = tokens(
            HASH_COMMENT,
            STRING,
            "(?<![^\\s])--?[A-Za-z][\\w-]*|\\$\\{?[A-Za-z_]\\w*\\}?|(?m:^)\\s*[A-Z][A-Z0-9_]*(?==)",
            "(?<![^\\s|;&(])(?:if|then|else|fi|for|in|do|done|while|export|exit|cd|source)(?![\\w-])");
    private static final Pattern JSON = tokens(
            "(?!)",
            "\"(?:[^\"\\\\\\n]|\\\\.)*\"(?!\\s*:)",
            "\"(?:[^\"\\\\\\n]|\\\\.)*\"(?=\\s*:)",
            "\\b(?:true|false|null)\\b");
    private static final Pattern YAML =
            tokens(HASH_COMMENT, STRING, "(?m:^)[\\s-]*[\\w./-]+(?=:(?:\\s|$))", "\\b(?:true|false|null)\\b");
    private static final Pattern JAVA = tokens(
            "//[^\\n]*|/\\*(?s:.*?)\\*/",
            STRING,
            "@\\w+",
            "\\b(?:abstract|boolean|class|else|enum|extends|final|for|if|implements|import|int|interface|long|new|package|private|public|record|return|sealed|static|switch|void|while)\\b");
    private static final Pattern SQL = tokens(
            "--[^\\n]*",
            "'(?:[^'])*'",
            "(?!)",
            "(?i:\\b(?:select|from|where|and|or|not|null|insert|into|values|update|set|delete|create|alter|role|user|table|grant|revoke|to|on|with|by|order|group|limit|as|join|left|database|schema|password|login|nologin)\\b)");
    private static final Pattern SETTINGS = tokens(
            "(?m:^)\\s*[#;][^\\n]*|\\s#[^\\n]*",
            STRING,
            "(?m:^)\\s*[\\w.\"%-]+(?=\\s*=)|(?m:^)\\s*\\[[^\\]\\n]*\\]",
            "\\b(?:true|false|null|resource|module|variable|output|provider|data|terraform|locals)\\b");
    private static final Pattern HTTP =
            tokens("(?!)", STRING, "(?m:^)[A-Za-z-]+(?=: )", "(?m:^)(?:GET|POST|PUT|PATCH|DELETE)\\b|HTTP/[\\d.]+");

    private static final Map<String, Pattern> LANGUAGES = Map.ofEntries(
            Map.entry("sh", SHELL),
            Map.entry("bash", SHELL),
            Map.entry("console", SHELL),
            Map.entry("dockerfile", SHELL),
            Map.entry("json", JSON),
            Map.entry("yaml", YAML),
            Map.entry("java", JAVA),
            Map.entry("js", JAVA),
            Map.entry("sql", SQL),
            Map.entry("toml", SETTINGS),
            Map.entry("ini", SETTINGS),
            Map.entry("properties", SETTINGS),
            Map.entry("hcl", SETTINGS),
            Map.entry("http", HTTP));

    private Highlighter() {}

    private static Pattern tokens(String comment, String string, String name, String word) {
        return Pattern.compile("(?<comment>" + comment + ")|(?<name>" + name + ")|(?<string>" + string + ")|(?<word>"
                + word + ")|(?<number>" + NUMBER + ")");
    }

    /**
     * The code as safe HTML.
     *
     * @param language what the fence says, of which the first word counts; any other word gives plain text
     */
    static String html(String code, String language) {
        Pattern pattern = LANGUAGES.get(language.split("\\s", 2)[0]);
        if (pattern == null) {
            return escape(code);
        }
        StringBuilder html = new StringBuilder();
        Matcher matcher = pattern.matcher(code);
        int end = 0;
        while (matcher.find()) {
            html.append(escape(code.substring(end, matcher.start())))
                    .append("<span class=\"code-")
                    .append(kind(matcher))
                    .append("\">")
                    .append(escape(matcher.group()))
                    .append("</span>");
            end = matcher.end();
        }
        return html.append(escape(code.substring(end))).toString();
    }

    private static String kind(Matcher matcher) {
        return matcher.group("comment") != null
                ? "comment"
                : matcher.group("name") != null
                        ? "name"
                        : matcher.group("string") != null
                                ? "string"
                                : matcher.group("word") != null ? "word" : "number";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
