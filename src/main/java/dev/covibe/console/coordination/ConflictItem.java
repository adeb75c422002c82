package dev.covibe.console.coordination;

import java.util.List;

/**
 * Two pieces of work that an audit found to be alike.
 *
 * @param percent how alike, 0 to 100
 * @param signals why, in short phrases
 */
public record ConflictItem(Side one, Side other, int percent, List<String> signals) {

    /** @param owner "@lin", empty if nobody */
    public record Side(String key, String address, String title, String status, String statusWord, String owner) {}
}
