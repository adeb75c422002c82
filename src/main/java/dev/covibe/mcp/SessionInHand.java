package dev.covibe.mcp;

import dev.covibe.agents.CurrentSession;
import java.util.Optional;
import java.util.function.Supplier;

/** The session that a call belongs to, looked for when somebody asks, and once. Not for use by two threads. */
final class SessionInHand implements Supplier<Optional<CurrentSession>> {

    private final Supplier<Optional<CurrentSession>> search;
    private Optional<CurrentSession> found = Optional.empty();
    private boolean askedFor;

    SessionInHand(Supplier<Optional<CurrentSession>> search) {
        this.search = search;
    }

    @Override
    public Optional<CurrentSession> get() {
        if (!askedFor) {
            found = search.get();
            askedFor = true;
        }
        return found;
    }

    boolean wasAskedFor() {
        return askedFor;
    }

    /** The session, if it was asked for and there is one. */
    Optional<CurrentSession> found() {
        return found;
    }
}
