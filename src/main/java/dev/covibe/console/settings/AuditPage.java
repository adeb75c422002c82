package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.identity.Caller;
import dev.covibe.identity.audit.AuditLog;
import dev.covibe.identity.audit.Span;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The audit log of the company, in the settings, for admins (IDN-10). */
@Path("/settings/audit")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class AuditPage {

    private static final int SHOWN = 50;

    private final Frames frames;
    private final AuditLog log;
    private final Clock clock;

    AuditPage(Frames frames, AuditLog log, Clock clock) {
        this.frames = frames;
        this.log = log;
        this.clock = clock;
    }

    /**
     * @param filtered whether anything is filtered
     * @param query what the filters are, for the addresses of the file and of the next page
     * @param more the address of the next page, empty on the last
     */
    record View(List<Entry> entries, List<Choice> actions, Filled form, boolean filtered, String query, String more) {}

    /** @param who nobody for what came from outside */
    record Entry(When at, Who who, String action, String subject, String address) {}

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance audit(Frame frame, AuditPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public Response show(
            @QueryParam("actor") @DefaultValue("") String actor,
            @QueryParam("action") @DefaultValue("") String action,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("until") @DefaultValue("") String until,
            @QueryParam("cursor") Optional<String> cursor) {
        Caller caller = frames.caller();
        Map<String, String> typed = Map.of("actor", actor, "action", action, "from", from, "until", until);
        try {
            AuditLog.Filter filter = new AuditLog.Filter(
                    Optional.of(actor),
                    Optional.of(action),
                    Span.from(Optional.of(from)),
                    Span.until(Optional.of(until)));
            Page<AuditLog.Entry> page = log.page(caller, filter, cursor.map(Cursor::of), SHOWN);
            return Response.ok(page(caller, page, Filled.with(typed))).build();
        } catch (Refusal.Invalid refusal) {
            Filled form = new Filled(FormErrors.of(refusal, Map.of()), typed);
            return Frames.refused(refusal, page(caller, new Page<>(List.of(), Optional.empty()), form));
        }
    }

    private TemplateInstance page(Caller caller, Page<AuditLog.Entry> page, Filled form) {
        Instant now = clock.instant();
        String query = Stream.of("actor", "action", "from", "until")
                .filter(name -> !form.typed(name).isBlank())
                .map(name -> name + "=" + URLEncoder.encode(form.typed(name), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        Stream<Choice> known = log.actions(caller).stream()
                .map(action -> new Choice(action, action, action.equals(form.typed("action"))));
        View view = new View(
                page.items().stream().map(entry -> entry(entry, now)).toList(),
                Stream.concat(
                                Stream.of(new Choice(
                                        "", "Any action", form.typed("action").isEmpty())),
                                known)
                        .toList(),
                form,
                !query.isEmpty(),
                query,
                page.cursor()
                        .map(next -> "/settings/audit?" + (query.isEmpty() ? "" : query + "&") + "cursor=" + next)
                        .orElse(""));
        return Templates.audit(frames.settings(frames.people()), view);
    }

    private static Entry entry(AuditLog.Entry entry, Instant now) {
        return new Entry(
                When.of(entry.at(), now),
                entry.actor()
                        .map(handle -> Who.person(handle, entry.actorName().orElse(handle)))
                        .orElse(Who.NOBODY),
                entry.action(),
                entry.subject(),
                entry.address().orElse(""));
    }
}
