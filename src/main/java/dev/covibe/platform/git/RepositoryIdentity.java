package dev.covibe.platform.git;

import dev.covibe.platform.crypto.Sha256;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a repository is called whatever its clone URL says: host and path, lower case, without scheme, user, credentials,
 * port or {@code .git}. {@code git@github.com:Acme/Web.git}, {@code ssh://git@github.com:22/acme/web} and
 * {@code https://user:secret@GitHub.com/acme/web/} are one repository; a fork has another owner and stays apart.
 *
 * <p>A repository without a remote is called by its first commit, which every clone of it shares: {@code root:} and the
 * hash that {@code git rev-list --max-parents=0 HEAD} prints last.
 *
 * @param name the normalised name, such as {@code github.com/acme/web}; at most 300 characters
 */
public record RepositoryIdentity(String name) {

    private static final int LONGEST = 300;
    private static final String HOST = "(\\[[0-9a-f:.]+]|[^/:\\[\\s]+)";
    private static final Pattern URL =
            Pattern.compile("^[a-z][a-z0-9+.-]*://(?:[^/]*@)?" + HOST + "(?::\\d+)?[/:](.+)$");
    private static final Pattern SCP = Pattern.compile("^(?:[^@/\\s]+@)?" + HOST + ":(?!//)(.+)$");
    private static final Pattern PLAIN =
            Pattern.compile("^(?:\\[[0-9a-f:.]+]|[a-z0-9_][a-z0-9_.-]*)(?:/[a-z0-9_.~+%-]+)*$");
    private static final Pattern ROOT_COMMIT = Pattern.compile("^(?:root:)?([0-9a-f]{40}|[0-9a-f]{64})$");

    /** Keys in ssh configurations: {@code github.com-work} is github.com with another key. */
    private static final Pattern KEYED_HOST = Pattern.compile("^(github\\.com|gitlab\\.com|bitbucket\\.org)-[^/]+");

    /** Other names under which a host is reached, such as over the port of https. */
    private static final Map<String, String> ALIASES = Map.of(
            "ssh.github.com", "github.com",
            "www.github.com", "github.com",
            "altssh.gitlab.com", "gitlab.com",
            "www.gitlab.com", "gitlab.com",
            "altssh.bitbucket.org", "bitbucket.org",
            "www.bitbucket.org", "bitbucket.org");

    private static final Pattern AZURE_SSH =
            Pattern.compile("^(?:ssh\\.dev\\.azure\\.com|vs-ssh\\.visualstudio\\.com)/v3/([^/]+)/([^/]+)/([^/]+)$");
    private static final Pattern AZURE_HTTPS = Pattern.compile("^dev\\.azure\\.com/([^/]+)/([^/]+)/_git/([^/]+)$");
    private static final Pattern AZURE_OLD =
            Pattern.compile("^([^/.]+)\\.visualstudio\\.com/(?:defaultcollection/)?([^/]+)/_git/([^/]+)$");

    /** Empty when the text cannot name a repository, such as a path of somebody's machine. */
    public static Optional<RepositoryIdentity> of(String remote) {
        String text = remote.strip().toLowerCase(Locale.ROOT);
        Matcher root = ROOT_COMMIT.matcher(text);
        if (root.matches()) {
            return Optional.of(new RepositoryIdentity("root:" + root.group(1)));
        }
        if (text.isEmpty() || text.length() > LONGEST || text.startsWith("/") || text.startsWith("file:")) {
            return Optional.empty();
        }
        String name = known(stripped(hostAndPath(text.replaceFirst("[?#].*$", ""))));
        return PLAIN.matcher(name).matches() && !name.contains("..")
                ? Optional.of(new RepositoryIdentity(name))
                : Optional.empty();
    }

    private static String hostAndPath(String text) {
        Matcher url = URL.matcher(text);
        if (url.matches()) {
            return url.group(1) + "/" + url.group(2);
        }
        Matcher scp = SCP.matcher(text);
        // One letter before the colon is a drive of somebody's machine.
        return scp.matches() && scp.group(1).length() > 1 ? scp.group(1) + "/" + scp.group(2) : text;
    }

    private static String stripped(String path) {
        String name = path.replaceAll("/{2,}", "/").replaceAll("/+$", "");
        return name.endsWith(".git")
                ? name.substring(0, name.length() - ".git".length()).replaceAll("/+$", "")
                : name;
    }

    private static String known(String name) {
        int slash = name.indexOf('/');
        String host = slash < 0 ? name : name.substring(0, slash);
        String path = slash < 0 ? "" : name.substring(slash);
        String keyed = KEYED_HOST.matcher(host).replaceFirst("$1");
        String whole = ALIASES.getOrDefault(keyed, keyed) + path;
        for (Pattern spelling : new Pattern[] {AZURE_SSH, AZURE_HTTPS, AZURE_OLD}) {
            Matcher azure = spelling.matcher(whole);
            if (azure.matches()) {
                return "dev.azure.com/" + azure.group(1) + "/" + azure.group(2) + "/" + azure.group(3);
            }
        }
        return whole;
    }

    @Override
    public String toString() {
        return name;
    }

    /** SHA-256 of an identity, in hex: names a repository to those who know it, and to nobody else. */
    public static String hash(String identity) {
        return Sha256.hex(identity);
    }
}
