package dev.covibe.platform.sql;

import java.sql.SQLException;

/** A statement failed. Unexpected by definition: the log gets the statement, the caller an opaque 500 (PLT-6). */
public class SqlFailure extends RuntimeException {

    private static final String UNIQUE_VIOLATION = "23505";

    SqlFailure(String sql, SQLException cause) {
        super("Statement failed: " + sql.strip(), cause);
    }

    /** Whether a unique constraint refused the row. */
    public boolean isDuplicate() {
        return getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState());
    }
}
