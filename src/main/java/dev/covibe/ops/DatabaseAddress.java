package dev.covibe.ops;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database and who connects to it.
 *
 * @param url JDBC URL ({@code jdbc:postgresql://host:port/database?options})
 */
public record DatabaseAddress(String url, String user, String password) {

    private static final String JDBC = "jdbc:postgresql:";

    /**
     * Reads a URL in JDBC's form or in PostgreSQL's own ({@code postgresql://user:password@host/database}). A user and
     * password given apart win over those in the URL.
     *
     * @throws Failure when the text is neither
     */
    public static DatabaseAddress parse(String text, String user, String password) {
        if (text.startsWith(JDBC)) {
            return new DatabaseAddress(text, user, password);
        }
        if (!text.startsWith("postgresql://") && !text.startsWith("postgres://")) {
            throw Failure.of("COVIBE_DATABASE_URL must look like postgresql://host:5432/database"
                    + " or jdbc:postgresql://host:5432/database.");
        }
        URI uri = readable(text);
        String[] inUrl = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new DatabaseAddress(
                JDBC + "//" + uri.getRawAuthority().replaceFirst("^.*@", "") + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                user.isEmpty() && inUrl.length > 0 ? decoded(inUrl[0]) : user,
                password.isEmpty() && inUrl.length > 1 ? decoded(inUrl[1]) : password);
    }

    private static URI readable(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException unreadable) {
            // The text may hold a password, so it is not repeated here.
            throw Failure.of("COVIBE_DATABASE_URL is not a valid URL: percent-encode special characters in its parts.");
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The same database for someone else. */
    public DatabaseAddress as(String otherUser, String otherPassword) {
        return new DatabaseAddress(url, otherUser, otherPassword);
    }

    /** The same with one more option in the URL, unless the URL already says something about it. */
    public DatabaseAddress with(String option, String value) {
        if (url.contains("?" + option + "=") || url.contains("&" + option + "=")) {
            return this;
        }
        return new DatabaseAddress(url + (url.contains("?") ? "&" : "?") + option + "=" + value, user, password);
    }

    /** Host, port and database, fit to be shown: no user, no password, no options. */
    public String place() {
        return url.replaceFirst("^jdbc:", "").replaceFirst("\\?.*$", "").replaceFirst("//[^/]*@", "//");
    }

    public Connection connect() throws SQLException {
        return source().getConnection();
    }

    /** Opens a new connection for every call: for commands and start-up, never for serving. */
    public PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException unreadable) {
            throw Failure.of("COVIBE_DATABASE_URL does not read as host:port/database: " + place() + ".");
        }
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("covibe");
        source.setConnectTimeout(10);
        return source;
    }

    @Override
    public String toString() {
        return Map.of("place", place(), "user", user).toString();
    }
}
