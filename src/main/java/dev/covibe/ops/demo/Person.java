package dev.covibe.ops.demo;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One of the team.
 *
 * @param home the projects in which they work, the first one most
 * @param agents what they run, by name; the first one most
 * @param from the hour at which their day begins
 * @param to the hour at which it ends
 * @param away weeks of the eight in which they are on holiday
 */
record Person(
        UUID id,
        String handle,
        String name,
        List<String> home,
        List<Agent> agents,
        int from,
        int to,
        Set<Integer> away) {

    /** @param model what it calls most */
    record Agent(String type, String name, String purpose, String provider, String model) {}

    String email() {
        return handle + "@example.com";
    }

    String machine() {
        return handle + "-laptop";
    }

    Person seated(UUID developer, String as) {
        return new Person(developer, as, name, home, agents, from, to, away);
    }
}
