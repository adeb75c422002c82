package dev.covibe.platform.sql;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A statement failed. Unexpected by definition: the log gets the statement, the caller an opaque 500 (PLT-6). */
public class SqlFailure extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    /** Character not in repertoire, untranslatable character: the one of them is said of text, the other of JSON. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    SqlFailure(String sql, SQLException cause) {
        super("Statement failed: " + sql.strip(), cause);
    }

    /** Whether a unique constraint refused the row. */
    public boolean isDuplicate() {
        return getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
    }

    /**
     * Whether a text could not be stored because it holds U+0000, which PostgreSQL does not take. Wherever the text came
     * from, that is the mistake of who sent it. Looks at the causes, because Hibernate wraps in its own way.
     */
    public static boolean isUnstorableText(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && UNSTORABLE.contains(Objects.toString(sql.getSQLState(), "")));
    }
}
