package dev.covibe.companion;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the companion says of its machine. Fields that are not named here are dropped unread: a newer companion may say
 * more.
 *
 * @param machine what the developer calls the computer
 * @param version of the companion
 * @param service whether it runs as a service, and so can replace itself
 * @param repositories those that registered through what agents did in them
 * @param update what came of the last update that it tried
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Heartbeat(
        String machine,
        String version,
        Optional<String> platform,
        Optional<String> node,
        boolean service,
        List<Repository> repositories,
        Optional<Update> update) {

    private static final int MOST_REPOSITORIES = 500;
    private static final Pattern NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,120}");
    private static final Pattern WORD = Pattern.compile("[\\w.+-]{1,40}");
    private static final Set<String> STATES = Set.of("synced", "pending", "excluded");
    private static final Set<String> OUTCOMES = Set.of("installed", "reverted", "wrong-hash", "broken");

    /** @param name of its folder, without those above it; none when it is excluded */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Repository(Optional<String> name, String state) {}

    /** @param outcome {@code installed}, {@code reverted}, {@code wrong-hash} or {@code broken} */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Update(String version, String outcome) {}

    /** @throws Refusal.Invalid when a field is wrong, or says where something lies on the machine */
    Heartbeat checked() {
        want(machine != null && NAME.matcher(machine).matches(), "/machine", "A name of 1 to 120 characters, no path.");
        want(version != null && WORD.matcher(version).matches(), "/version", "The companion's version.");
        want(platform.isEmpty() || WORD.matcher(platform.get()).matches(), "/platform", "One word.");
        want(node.isEmpty() || WORD.matcher(node.get()).matches(), "/node", "One word.");
        List<Repository> some = repositories == null ? List.of() : repositories;
        want(some.size() <= MOST_REPOSITORIES, "/repositories", "At most " + MOST_REPOSITORIES + ".");
        for (Repository repository : some) {
            want(
                    repository != null && repository.state() != null && STATES.contains(repository.state()),
                    "/repositories/state",
                    "One of synced, pending, excluded.");
            want(
                    repository.name().isEmpty()
                            || NAME.matcher(repository.name().get()).matches(),
                    "/repositories/name",
                    "The name of its folder, without those above it.");
            want(
                    repository.name().isEmpty() || !repository.state().equals("excluded"),
                    "/repositories/name",
                    "A private repository is not named.");
        }
        update.ifPresent(said -> {
            want(said.version() != null && WORD.matcher(said.version()).matches(), "/update/version", "A version.");
            want(
                    said.outcome() != null && OUTCOMES.contains(said.outcome()),
                    "/update/outcome",
                    "One of " + OUTCOMES + ".");
        });
        return new Heartbeat(machine, version, platform, node, service, some, update);
    }

    private static void want(boolean fine, String pointer, String message) {
        if (!fine) {
            throw Refusal.invalidField(pointer, message);
        }
    }
}
