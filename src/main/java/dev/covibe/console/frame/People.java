package dev.covibe.console.frame;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members of the workspace for one page, read once. */
public final class People {

    private final Map<String, Developers.Member> members;

    People(List<Developers.Member> members) {
        this.members = members.stream().collect(Collectors.toMap(Developers.Member::handle, Function.identity()));
    }

    public static People of(Developers developers, Caller caller) {
        return new People(developers.list(caller));
    }

    /** Whoever has a thing: a person, or the agent that works on it for them, or nobody yet. */
    public Who who(Optional<String> handle, Optional<String> agent) {
        return handle.map(known -> who(known, agent)).orElse(Who.NOBODY);
    }

    public Who who(String handle, Optional<String> agent) {
        String name = name(handle);
        return agent.map(kind -> Who.agent(handle, name, kind))
                .orElseGet(() -> Who.person(handle, name, photo(handle)));
    }

    /** Someone who has left keeps their handle and loses their name. */
    public String name(String handle) {
        return members.containsKey(handle) ? members.get(handle).name() : "@" + handle;
    }

    private Optional<String> photo(String handle) {
        return Optional.ofNullable(members.get(handle)).flatMap(Developers.Member::photo);
    }

    public Optional<String> email(String handle) {
        return Optional.ofNullable(members.get(handle)).map(Developers.Member::email);
    }

    /** The members as a choice, after one entry for nobody or anybody. */
    public List<Choice> choices(String none, String chosen) {
        Stream<Choice> known = members.values().stream()
                .sorted(java.util.Comparator.comparing(Developers.Member::handle))
                .map(member -> new Choice(
                        member.handle(), "@" + member.handle(), member.handle().equals(chosen)));
        return Stream.concat(Stream.of(new Choice("", none, chosen.isEmpty())), known)
                .toList();
    }
}
