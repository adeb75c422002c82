package dev.covibe.guard;

/** Who may see an operation, and what a stranger sends to it. */
sealed interface Access {

    /** Everybody, signed in or not. */
    record Everybody() implements Access {}

    /** Members, each of whom sees only their own workspace. */
    record Members(String body) implements Access {}

    /** Members of the item's workspace; to everybody else the item does not exist. */
    record ItsWorkspace(String body) implements Access {}
}
