package dev.covibe.site;

import java.util.List;

/**
 * Sign-in that cannot work because the server's configuration is incomplete (IDN-1).
 *
 * @param reason one plain sentence
 * @param missing the names of the missing configuration keys
 */
public record BlockedView(String reason, List<String> missing) {}
