package dev.covibe.coordination.graph;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** What can be reached from commits by going to parents, the commits themselves included. */
final class Ancestors {

    private Ancestors() {}

    static Set<String> of(Collection<String> heads, Function<String, ? extends Collection<String>> parents) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(heads);
        while (!open.isEmpty()) {
            String sha = open.pop();
            if (reached.add(sha)) {
                open.addAll(parents.apply(sha));
            }
        }
        return reached;
    }
}
