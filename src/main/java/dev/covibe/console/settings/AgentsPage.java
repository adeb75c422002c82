package dev.covibe.console.settings;

import dev.covibe.agents.registry.AgentQueries;
import dev.covibe.agents.registry.AgentStatus;
import dev.covibe.agents.registry.AgentView;
import dev.covibe.agents.registry.Registry;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Typed;
import dev.covibe.console.frame.Undo;
import dev.covibe.console.frame.When;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The registry of managed agents, in the settings until the performance page shows it (AGT-7). */
@Path("/settings/agents")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class AgentsPage {

    private static final String HERE = "/settings/agents";
    private static final int PERCENT = 100;

    private final Frames frames;
    private final Registry registry;
    private final AgentQueries queries;
    private final Clock clock;

    AgentsPage(Frames frames, Registry registry, AgentQueries queries, Clock clock) {
        this.frames = frames;
        this.registry = registry;
        this.queries = queries;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance agents(Frame frame, AgentsView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        return page(Filled.BLANK);
    }

    @POST
    @Operation(hidden = true)
    public Response add(
            @FormParam("type") @DefaultValue("") String type,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("purpose") @DefaultValue("") String purpose) {
        try {
            registry.add(frames.caller(), Optional.empty(), AgentType.of(type), name, purpose);
            return Response.seeOther(URI.create(HERE)).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal.code().equals("agent.known")
                    ? Map.of("name", refusal.getMessage())
                    : FormErrors.of(refusal, Map.of());
            Filled form = new Filled(errors, Map.of("type", type, "name", name, "purpose", purpose));
            return Frames.refused(refusal, page(form));
        }
    }

    @POST
    @Path("/{id}")
    @Operation(hidden = true)
    public Response edit(
            @PathParam("id") UUID id,
            @FormParam("purpose") @DefaultValue("") String purpose,
            @FormParam("status") @DefaultValue("") String status) {
        Caller caller = frames.caller();
        AgentView before = queries.get(caller, id, AgentQueries.DAYS);
        registry.edit(caller, id, Optional.of(purpose), Typed.text(status).map(AgentStatus::of));
        return frames.done(
                HERE + "#agent-" + id,
                Undo.of(
                        before.name() + " is changed",
                        HERE + "/" + id,
                        Map.of(
                                "purpose",
                                before.purpose(),
                                "status",
                                before.status().key())));
    }

    private TemplateInstance page(Filled form) {
        Caller caller = frames.caller();
        People people = frames.people();
        Instant now = clock.instant();
        AgentsView view = new AgentsView(
                AgentQueries.DAYS,
                queries.list(caller, AgentQueries.DAYS).stream()
                        .map(agent -> line(agent, caller, people, now))
                        .toList(),
                Stream.of(AgentType.values())
                        .map(type ->
                                new Choice(type.key(), type.title(), type.key().equals(form.typed("type"))))
                        .toList(),
                form);
        return Templates.agents(frames.settings(people), view);
    }

    private static AgentsView.Agent line(AgentView agent, Caller caller, People people, Instant now) {
        AgentView.Figures figures = agent.figures();
        return new AgentsView.Agent(
                agent.id().toString(),
                people.who(agent.owner(), Optional.of(agent.type().key())),
                agent.name(),
                agent.type().title(),
                agent.purpose(),
                agent.status() == AgentStatus.ACTIVE ? "" : agent.status().title(),
                figures.lastSeenAt().map(seen -> When.of(seen, now)).stream().toList(),
                Numbers.grouped(figures.sessions()),
                figures.open() == 0 ? "" : Numbers.grouped(figures.open()) + " open",
                "/workstreams/sessions?developer=" + agent.owner() + "&agent="
                        + agent.type().key() + "&name=" + URLEncoder.encode(agent.name(), StandardCharsets.UTF_8),
                percent(Optional.of(figures.utilisation())),
                figures.hours() == 0 ? "" : figures.hours() + " h",
                percent(figures.completion()),
                percent(figures.callErrors()),
                percent(figures.toolErrors()),
                figures.costPerSessionNanos()
                        .map(nanos -> Money.of(BigInteger.valueOf(nanos)))
                        .orElse(""),
                figures.covered() == figures.sessions() ? "" : "of " + figures.covered() + " with usage",
                Money.of(BigInteger.valueOf(figures.costNanos())),
                caller.role() == Role.ADMIN || agent.owner().equals(caller.handle()),
                Stream.of(AgentStatus.values())
                        .map(status -> new Choice(status.key(), status.title(), status == agent.status()))
                        .toList());
    }

    private static String percent(Optional<Double> share) {
        return share.map(part -> Math.round(part * PERCENT) + " %").orElse("–");
    }
}
