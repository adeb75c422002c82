package dev.covibe.ops;

import java.sql.SQLException;

/** Why a database could not be reached, in one sentence with what to do. */
final class ConnectFailures {

    private ConnectFailures() {}

    static Failure explain(DatabaseAddress address, SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return Failure.of(
                switch (state) {
                    case "28P01", "28000" ->
                        "The database " + address.place() + " does not accept the user " + address.user()
                                + " with this password.";
                    case "3D000" -> "The database " + address.place() + " does not exist: create it first.";
                    case "42501" ->
                        "The user " + address.user() + " may not connect to " + address.place()
                                + ": grant it CONNECT on the database.";
                    case "53300" -> "The database " + address.place() + " has no connection left.";
                    default ->
                        "The database " + address.place() + " cannot be reached (" + firstLine(failure)
                                + "): check COVIBE_DATABASE_URL and that it is running.";
                },
                failure);
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
