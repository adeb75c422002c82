package dev.covibe.identity;

import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.crypto.TokenText;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Addresses;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Ends tokens that somebody found where they do not belong: in a repository, a log, a chat (IDN-7). Whoever holds a token
 * could use it, so holding it is enough to end it; nobody has to sign in first, and nobody learns whose it was.
 */
@ApplicationScoped
public class FoundTokens {

    /** How much text is looked through: a file's worth. */
    public static final int LONGEST = 100_000;

    private static final int MOST = 20;
    private static final Pattern TOKEN = Pattern.compile("cvb_[0-9A-Za-z]{38}");

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;
    private final Attempts attempts;
    private final Access access;

    FoundTokens(Transactions transactions, Sql sql, Secrets secrets, Attempts attempts, Access access) {
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
        this.attempts = attempts;
        this.access = access;
    }

    /**
     * What became of the tokens in a text.
     *
     * @param revoked how many worked until now
     * @param dead how many this server had made, and were revoked or expired already
     * @param unknown how many this server never made
     */
    public record Report(int revoked, int dead, int unknown) {}

    private record Ended(UUID ownerId, boolean wasLive) {}

    private enum Fate {
        REVOKED,
        DEAD,
        UNKNOWN
    }

    /**
     * Revokes every token of this server that stands in the text: here at once, on other instances within half a second.
     *
     * @param text the token, alone or with whatever stands around it; at most {@link #LONGEST} characters
     * @param address who reports, for the audit log of the token's company
     * @throws Refusal.Invalid {@code token.none-found} when no token stands in it
     * @throws Refusal.TooMany {@code attempts.too-many}
     */
    public Report revoke(String text, String address) {
        if (text.length() > LONGEST) {
            throw Refusal.invalidField("/text", "That is too much text. Paste the lines with the token only.");
        }
        List<String> found = TOKEN.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(TokenText::isWellFormed)
                .distinct()
                .limit(MOST)
                .toList();
        if (found.isEmpty()) {
            throw Refusal.invalidField(
                    "/text",
                    "There is no whole token in this text. A token begins with " + TokenText.PREFIX
                            + " and has 42 characters.");
        }
        attempts.count(Attempts.Kind.TOKEN_REPORTED, Addresses.network(address));
        List<Fate> fates = found.stream().map(token -> end(token, address)).toList();
        return new Report(count(fates, Fate.REVOKED), count(fates, Fate.DEAD), count(fates, Fate.UNKNOWN));
    }

    private static int count(List<Fate> fates, Fate wanted) {
        return (int) fates.stream().filter(fate -> fate == wanted).count();
    }

    private Fate end(String token, String address) {
        byte[] hash = secrets.hash(token);
        Optional<Ended> ended = transactions.outside(() -> sql.first(
                "select * from revoke_reported_token(?, ?, ?, ?)",
                row -> new Ended(row.uuid("developer_id"), row.bool("was_live")),
                hash,
                Ids.next(),
                "token.reported",
                address));
        ended.ifPresent(known -> access.changed(known.ownerId()));
        return ended.map(known -> known.wasLive() ? Fate.REVOKED : Fate.DEAD).orElse(Fate.UNKNOWN);
    }
}
