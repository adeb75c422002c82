package dev.covibe.console;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Projects;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /settings}: connecting agents, MCP tokens, projects (CON-7). */
@Path("/settings")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class SettingsPage {

    private static final Map<String, String> NO_ERRORS = Map.of();
    private static final int DEFAULT_DAYS = 90;

    private final Frames frames;
    private final Tokens tokens;
    private final Projects projects;
    private final Origins origins;
    private final Clock clock;

    SettingsPage(Frames frames, Tokens tokens, Projects projects, Origins origins, Clock clock) {
        this.frames = frames;
        this.tokens = tokens;
        this.projects = projects;
        this.origins = origins;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance settings(Frame frame, SettingsView view);
    }

    /** A token that was just made: shown in this answer and never again. */
    private record Fresh(String name, String text) {
        static final Fresh NONE = new Fresh("", "");
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@QueryParam("agent") Optional<String> agent, RoutingContext context) {
        AgentType shown = agent.map(AgentType::of).orElse(AgentType.CLAUDE_CODE);
        return page(shown, Fresh.NONE, NO_ERRORS, Map.of(), context);
    }

    @POST
    @Path("/tokens")
    @Operation(hidden = true)
    public Response createToken(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("agent") @DefaultValue("") String agent,
            @FormParam("lifetime") @DefaultValue("") String lifetime,
            RoutingContext context) {
        Optional<AgentType> type = PlanInput.text(agent).map(AgentType::of);
        AgentType shown = type.orElse(AgentType.OTHER);
        try {
            Optional<Instant> expires = PlanInput.text(lifetime)
                    .map(SettingsPage::days)
                    .map(days -> clock.instant().plus(Duration.ofDays(days)));
            Tokens.Minted made = tokens.mint(frames.caller(), name, type, expires, address(context));
            return Response.ok(page(shown, new Fresh(name.strip(), made.text()), NO_ERRORS, Map.of(), context))
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (Refusal.Invalid refusal) {
            return Response.status(422)
                    .entity(page(
                            shown,
                            Fresh.NONE,
                            prefixed("token.", FormErrors.of(refusal, Map.of())),
                            Map.of("token.name", name),
                            context))
                    .build();
        }
    }

    private static int days(String text) {
        return Stream.of(Lifetime.values())
                .filter(lifetime -> String.valueOf(lifetime.days).equals(text))
                .findFirst()
                .map(lifetime -> lifetime.days)
                .orElseThrow(() -> Refusal.invalidField("/lifetime", "Choose one of the offered times."));
    }

    @POST
    @Path("/tokens/{id}/revoke")
    @Operation(hidden = true)
    public Response revokeToken(@PathParam("id") UUID id, RoutingContext context) {
        tokens.revoke(frames.caller(), id, address(context));
        return Response.seeOther(URI.create("/settings#tokens")).build();
    }

    @POST
    @Path("/projects")
    @Operation(hidden = true)
    public Response createProject(
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("repositories") @DefaultValue("") String repositories,
            RoutingContext context) {
        try {
            projects.create(frames.caller(), key, name, Optional.empty(), PlanInput.entries(repositories));
            return Response.seeOther(URI.create("/settings#projects")).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal.code().equals("project.key-taken")
                    ? Map.of("project.key", refusal.getMessage())
                    : prefixed("project.", FormErrors.of(refusal, Map.of()));
            return Response.status(422)
                    .entity(page(
                            AgentType.CLAUDE_CODE,
                            Fresh.NONE,
                            errors,
                            Map.of(
                                    "project.key", key,
                                    "project.name", name,
                                    "project.repositories", repositories),
                            context))
                    .build();
        }
    }

    private static Map<String, String> prefixed(String form, Map<String, String> errors) {
        return errors.entrySet().stream()
                .collect(Collectors.toMap(error -> form + error.getKey(), Map.Entry::getValue));
    }

    private static String address(RoutingContext context) {
        return context.request().remoteAddress().hostAddress();
    }

    private TemplateInstance page(
            AgentType shown,
            Fresh fresh,
            Map<String, String> errors,
            Map<String, String> typed,
            RoutingContext context) {
        Caller caller = frames.caller();
        Instant now = clock.instant();
        String token = fresh.text().isEmpty() ? AgentSetup.PLACEHOLDER : fresh.text();
        SettingsView view = new SettingsView(
                Stream.of(AgentType.values())
                        .map(type -> new SettingsView.Agent(type.key(), type.title(), type == shown))
                        .toList(),
                AgentSetup.of(shown, origins.endpoint(context), token),
                fresh.text(),
                fresh.name(),
                tokens.list(caller).stream()
                        .map(known -> token(known, caller, now))
                        .toList(),
                agentTypes(shown),
                lifetimes(),
                projects.list(caller).stream()
                        .map(project -> new SettingsView.Project(
                                project.key(),
                                project.name(),
                                project.repositories(),
                                Numbers.grouped(project.openTasks())))
                        .toList(),
                errors,
                typed);
        return Templates.settings(frames.settings(frames.people()), view);
    }

    private static SettingsView.Token token(Tokens.View token, Caller caller, Instant now) {
        boolean over = token.revokedAt().isPresent()
                || token.expiresAt().filter(end -> end.isBefore(now)).isPresent();
        String ends = token.revokedAt().isPresent()
                ? "Revoked"
                : token.expiresAt()
                        .map(end -> end.isBefore(now)
                                ? "Expired"
                                : When.of(end, now).ago())
                        .orElse("Never");
        String owner = token.owner().equals(caller.handle()) ? "" : " of @" + token.owner();
        return new SettingsView.Token(
                token.id().toString(),
                token.name(),
                "…" + token.hint() + owner,
                token.agentType()
                        .map(type -> Who.agent(token.owner(), "@" + token.owner(), type.key()))
                        .orElse(Who.NOBODY),
                token.agentType().map(AgentType::title).orElse("Any"),
                token.workspace(),
                When.of(token.createdAt(), now),
                token.lastUsedAt().map(used -> When.of(used, now).ago()).orElse("Never"),
                ends,
                over);
    }

    private static List<Choice> agentTypes(AgentType shown) {
        List<Choice> choices = new ArrayList<>();
        for (AgentType type : AgentType.values()) {
            choices.add(new Choice(type.key(), type.title(), type == shown));
        }
        choices.add(new Choice("", "Any agent", false));
        return choices;
    }

    private enum Lifetime {
        MONTH(30, "In 30 days"),
        QUARTER(DEFAULT_DAYS, "In 90 days"),
        YEAR(365, "In a year");

        private final int days;
        private final String word;

        Lifetime(int days, String word) {
            this.days = days;
            this.word = word;
        }
    }

    private static List<Choice> lifetimes() {
        return Stream.concat(
                        Stream.of(Lifetime.values())
                                .map(lifetime -> new Choice(
                                        String.valueOf(lifetime.days), lifetime.word, lifetime == Lifetime.QUARTER)),
                        Stream.of(new Choice("", "Never", false)))
                .toList();
    }
}
