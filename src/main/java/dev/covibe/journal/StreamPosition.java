package dev.covibe.journal;

import java.util.Optional;

/**
 * The id that an event stream sends and a browser sends back as {@code Last-Event-ID}. Transaction numbers mean something
 * within one life of one database alone: after a restore, or a recovery to an earlier point, they are handed out anew.
 *
 * @param life names the cluster, its timeline and the database in it; empty in an id of a release that did not say
 */
record StreamPosition(String life, EventPosition position) {

    static Optional<StreamPosition> of(String text) {
        int dot = text.indexOf('.');
        String life = dot < 0 ? "" : text.substring(0, dot);
        return EventPosition.of(text.substring(dot + 1)).map(position -> new StreamPosition(life, position));
    }

    @Override
    public String toString() {
        return life + "." + position;
    }
}
