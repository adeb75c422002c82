package dev.covibe.overlap;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References to something outside, in one form each: {@code github.com/acme/web#12} for an issue or pull request,
 * {@code ABC-123} for a ticket or a vulnerability. {@code #12} belongs to the repository of the work where that is known.
 */
public final class References {

    private static final Pattern TICKET = Pattern.compile("([A-Za-z][A-Za-z0-9]{1,14})-(\\d{1,7}(?:-\\d{1,7})?)");
    private static final Pattern NUMBER = Pattern.compile("#(\\d{1,9})");
    private static final Pattern FORGE_URL = Pattern.compile(
            "https?://([^/\\s]+)/([^\\s?#]+?)/(?:-/)?(?:issues|issue|pull|pulls|merge_requests|pull-requests)/(\\d{1,9})\\b.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BROWSE_URL =
            Pattern.compile("https?://\\S+?/(?:browse|issue)/([A-Za-z][A-Za-z0-9]{1,14}-\\d{1,7})\\b.*");
    private static final Pattern QUALIFIED = Pattern.compile("([\\w.-]{1,100}/[\\w./-]{1,200})#(\\d{1,9})");

    /** Bounded and possessive, so that no text, however contrived, is read more than once. */
    private static final Pattern IN_TEXT = Pattern.compile("https?://[^\\s|\\]})>\"]{1,500}+"
            + "|(?<![\\w./-])[\\w.-]{1,100}+/[\\w./-]{1,200}+#\\d{1,9}"
            + "|(?<![\\w&/])#\\d{1,9}\\b"
            + "|\\b[A-Z][A-Z0-9]{1,14}-\\d{1,7}(?:-\\d{1,7})?\\b");

    private static final Pattern CLOSING = Pattern.compile(
            "\\b(?:fix(?:es|ed)?|clos(?:e|es|ed)|resolv(?:e|es|ed)|implements?|for|duplicates?(?: of)?)[:\\s]+(?:issue\\s+)?$",
            Pattern.CASE_INSENSITIVE);

    /** They look like tickets and are standards, encodings or machines. */
    private static final Set<String> NOT_TRACKERS = Set.of(
            "UTF",
            "UTF8",
            "ISO",
            "SHA",
            "SHA1",
            "SHA2",
            "SHA3",
            "MD",
            "AES",
            "RSA",
            "DES",
            "HTTP",
            "HTTPS",
            "TLS",
            "SSL",
            "RFC",
            "JDK",
            "JRE",
            "JAVA",
            "GPT",
            "IPV",
            "X86",
            "ARM",
            "AMD",
            "UCS",
            "CP",
            "BASE",
            "CRC",
            "PHASE",
            "STEP",
            "PART",
            "TOP",
            "RC",
            "ECMA",
            "PEP",
            "US",
            "EU",
            "H",
            "Q",
            "V",
            "COVID",
            "ES",
            "IE",
            "WIN",
            "INT",
            "UINT",
            "FLOAT",
            "LATIN",
            "WINDOWS",
            "BRANCH",
            "HEAD",
            "PRIORITY");

    private References() {}

    static boolean isTicket(String token) {
        Matcher ticket = TICKET.matcher(token);
        return ticket.matches() && isTracker(ticket.group(1));
    }

    private static boolean isTracker(String prefix) {
        return prefix.equals(prefix.toUpperCase(Locale.ROOT)) && !NOT_TRACKERS.contains(prefix);
    }

    /** One reference in its normal form; a text of no known form stays as it is, in lower case. */
    public static String normal(String reference, Optional<String> repository) {
        String text = reference.strip();
        Matcher forge = FORGE_URL.matcher(text);
        if (forge.matches()) {
            return (forge.group(1) + "/" + forge.group(2)).toLowerCase(Locale.ROOT) + "#" + forge.group(3);
        }
        Matcher browse = BROWSE_URL.matcher(text);
        if (browse.matches()) {
            return browse.group(1).toUpperCase(Locale.ROOT);
        }
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return repository.map(name -> name.toLowerCase(Locale.ROOT)).orElse("") + "#" + number.group(1);
        }
        Matcher qualified = QUALIFIED.matcher(text);
        if (qualified.matches()) {
            String name = qualified.group(1).toLowerCase(Locale.ROOT);
            return (name.substring(0, name.indexOf('/')).contains(".") ? name : "github.com/" + name) + "#"
                    + qualified.group(2);
        }
        return TICKET.matcher(text).matches() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    }

    /**
     * What the work is about by reference: those declared, those in the title, and those of the description that follow a
     * word such as "fixes". A mere mention is not taken: umbrella tickets are mentioned everywhere.
     */
    static List<String> of(String title, String description, List<String> declared, Optional<String> repository) {
        Set<String> found = new LinkedHashSet<>();
        declared.stream().filter(reference -> !reference.isBlank()).forEach(one -> found.add(normal(one, repository)));
        collect(title, repository, false, found);
        collect(description, repository, true, found);
        return List.copyOf(found);
    }

    private static void collect(String text, Optional<String> repository, boolean onlyClosing, Set<String> found) {
        Matcher matcher = IN_TEXT.matcher(text);
        while (matcher.find()) {
            String written = matcher.group();
            boolean ticket = TICKET.matcher(written).matches();
            boolean known = ticket ? isTicket(written) : !written.startsWith("http") || isForge(written);
            if (known && (!onlyClosing || closes(text, matcher.start()))) {
                found.add(normal(written, repository));
            }
        }
    }

    private static boolean isForge(String url) {
        return FORGE_URL.matcher(url).matches() || BROWSE_URL.matcher(url).matches();
    }

    private static boolean closes(String text, int at) {
        return CLOSING.matcher(text.substring(Math.max(0, at - 30), at)).find();
    }
}
