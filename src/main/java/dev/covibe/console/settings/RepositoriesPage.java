package dev.covibe.console.settings;

import dev.covibe.agents.machines.ConnectedMachines;
import dev.covibe.agents.machines.ConnectedMachines.Machine;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.platform.web.Origins;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Which machines are connected and what of them the team sees (CON-7). To read only: it is decided on the machine. */
@Path("/settings/repositories")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class RepositoriesPage {

    private final Frames frames;
    private final ConnectedMachines machines;
    private final Origins origins;
    private final Clock clock;

    RepositoriesPage(Frames frames, ConnectedMachines machines, Origins origins, Clock clock) {
        this.frames = frames;
        this.machines = machines;
        this.origins = origins;
        this.clock = clock;
    }

    /** @param command that connects the first machine */
    record View(List<Connected> machines, String command) {}

    /**
     * @param program what runs there: version, platform, and whether as a service
     * @param trouble what came of an update that failed; empty when nothing did
     * @param secret "2 private repositories", empty when there are none
     */
    record Connected(
            String id,
            String name,
            Who who,
            String program,
            String trouble,
            When seen,
            List<Registered> repositories,
            String secret) {}

    /** @param synced whether all of it has arrived; otherwise something waits on the machine */
    record Registered(String name, boolean synced) {}

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance repositories(Frame frame, RepositoriesPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(RoutingContext context) {
        People people = frames.people();
        Instant now = clock.instant();
        String own = frames.caller().handle();
        // One's own machines first: that is where something can be done about them.
        Stream<Machine> inOrder = machines.list(frames.caller()).stream()
                .collect(Collectors.collectingAndThen(
                        Collectors.partitioningBy(machine -> machine.developer().equals(own)),
                        parts -> Stream.concat(parts.get(true).stream(), parts.get(false).stream())));
        View view = new View(
                inOrder.map(machine -> connected(machine, people, now)).toList(),
                AgentSetup.companion(origins.origin(context)));
        return Templates.repositories(frames.settings(people), view);
    }

    private static Connected connected(Machine machine, People people, Instant now) {
        List<String> program = new ArrayList<>(List.of("companion " + machine.version()));
        machine.platform().map(RepositoriesPage::platform).ifPresent(program::add);
        program.add(machine.service() ? "as a service" : "started by hand");
        int secret = machine.privateRepositories();
        return new Connected(
                machine.id().toString(),
                machine.name(),
                people.who(machine.developer(), Optional.empty()),
                String.join(", ", program),
                machine.updateOutcome()
                        .filter(outcome -> !outcome.equals("installed"))
                        .map(outcome ->
                                "The update to " + machine.updateVersion().orElse("a newer version") + " was undone: "
                                        + words(outcome) + ".")
                        .orElse(""),
                When.of(machine.seenAt(), now),
                machine.repositories().stream()
                        .map(repository -> new Registered(
                                repository.name(), repository.state().equals("synced")))
                        .toList(),
                secret == 0 ? "" : secret == 1 ? "1 private repository" : secret + " private repositories");
    }

    private static String platform(String key) {
        return switch (key) {
            case "darwin" -> "macOS";
            case "win32" -> "Windows";
            case "linux" -> "Linux";
            default -> key;
        };
    }

    private static String words(String outcome) {
        return switch (outcome) {
            case "wrong-hash" -> "what arrived was not what the server had announced";
            case "reverted" -> "it did not start";
            default -> "the package was broken";
        };
    }
}
