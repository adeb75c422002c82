package dev.covibe.platform.git;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a repository is called whatever its clone URL says: host and path, lower case, without scheme, user, credentials,
 * port or {@code .git}. {@code git@github.com:Acme/Web.git}, {@code ssh://git@github.com:22/acme/web} and
 * {@code https://user:secret@GitHub.com/acme/web/} are one repository; a fork has another owner and stays apart.
 *
 * @param name the normalised name, such as {@code github.com/acme/web}; at most 300 characters
 */
public record RepositoryIdentity(String name) {

    private static final int LONGEST = 300;
    private static final Pattern URL = Pattern.compile("^[a-z][a-z0-9+.-]*://(?:[^@/]*@)?([^/:]+)(?::\\d+)?/(.+)$");
    private static final Pattern SCP = Pattern.compile("^(?:[^@/\\s]+@)?([^/:\\s]+):(?!//)(.+)$");
    private static final Pattern PLAIN = Pattern.compile("^[a-z0-9_.-]+(?:/[a-z0-9_.~-]+)*$");

    /** Empty when the text cannot name a repository, such as an absolute path of somebody's machine. */
    public static Optional<RepositoryIdentity> of(String remote) {
        String text = remote.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > LONGEST || text.startsWith("/") || text.startsWith("file:")) {
            return Optional.empty();
        }
        String name = stripped(hostAndPath(text));
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
        return scp.matches() ? scp.group(1) + "/" + scp.group(2) : text;
    }

    private static String stripped(String path) {
        String name = path.replaceAll("/{2,}", "/").replaceAll("/+$", "");
        return name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    }

    @Override
    public String toString() {
        return name;
    }
}
