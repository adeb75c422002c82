package dev.covibe.platform.log;

import java.util.regex.Pattern;

/**
 * Takes what opens doors out of a line of the log, wherever it stands in it. Nothing here logs a secret on purpose; but
 * people put tokens into addresses, and libraries put what they could not read into their messages.
 */
final class Secrecy {

    /** MCP tokens, whole or cut off, and the secrets of AuthKit and OAuth. */
    private static final Pattern TOKEN = Pattern.compile("(cvb_|sk_|client_secret=|code=)[A-Za-z0-9_.%-]{6,}");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}");

    /** Three parts of Base64, the first of which begins with <code>{"</code>. */
    private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]{5,}\\.[\\w-]{5,}\\.[\\w-]*");

    /** 256 random bits as this server writes them: session cookies, device codes, share links, CSRF tokens. */
    private static final Pattern RANDOM = Pattern.compile(
            "(?:(?<![\\w-])|(?<=%[0-9A-Fa-f]{2}))(?=[\\w-]*[0-9])(?=[\\w-]*[A-Z])(?=[\\w-]*[a-z])[A-Za-z0-9_-]{43}(?![\\w-])");

    /** The short code of a machine that waits, eight letters of an alphabet without vowels. */
    private static final Pattern USER_CODE = Pattern.compile(
            "(?:(?<![\\w-])|(?<=%[0-9A-Fa-f]{2}))[BCDFGHJKMPQRTVWXY2346789]{4}-[BCDFGHJKMPQRTVWXY2346789]{4}(?![\\w-])");

    private Secrecy() {}

    static String keep(String line) {
        String kept = TOKEN.matcher(line).replaceAll("$1…");
        kept = BEARER.matcher(kept).replaceAll("$1 …");
        kept = JWT.matcher(kept).replaceAll("…");
        kept = RANDOM.matcher(kept).replaceAll("…");
        return USER_CODE.matcher(kept).replaceAll("…");
    }
}
