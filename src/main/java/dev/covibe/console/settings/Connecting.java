package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.web.Origins;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Puts the section together in which agents are connected and their tokens are made. */
@ApplicationScoped
class Connecting {

    private final Frames frames;
    private final Tokens tokens;
    private final Origins origins;
    private final Clock clock;

    Connecting(Frames frames, Tokens tokens, Origins origins, Clock clock) {
        this.frames = frames;
        this.tokens = tokens;
        this.origins = origins;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance settings(Frame frame, SettingsView view);
    }

    /** A token that was just made: shown in this answer and never again. */
    record Fresh(String name, String text) {
        static final Fresh NONE = new Fresh("", "");
    }

    TemplateInstance page(AgentType shown, Fresh fresh, Filled form, RoutingContext context) {
        Caller caller = frames.caller();
        Instant now = clock.instant();
        String token = fresh.text().isEmpty() ? AgentSetup.PLACEHOLDER : fresh.text();
        SettingsView view = new SettingsView(
                AgentSetup.companion(origins.origin(context)),
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
                Lifetime.choices(),
                form);
        return Templates.settings(frames.settings(frames.people()), view);
    }

    private static SettingsView.Token token(Tokens.View token, Caller caller, Instant now) {
        boolean over = token.revokedAt().isPresent()
                || token.expiresAt().filter(end -> end.isBefore(now)).isPresent();
        String ends = token.revokedAt().isPresent()
                ? (token.reportedAt().isPresent() ? "Reported, revoked" : "Revoked")
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
}
