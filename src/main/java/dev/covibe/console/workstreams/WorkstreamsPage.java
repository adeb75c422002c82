package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Coalescer;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.People;
import dev.covibe.console.settings.AgentSetup;
import dev.covibe.identity.Caller;
import dev.covibe.journal.Journal;
import dev.covibe.platform.web.Origins;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.TaskStatus;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * {@code /workstreams}: all work, as a list or as a board (CON-1). Everybody keeps this page open and every change makes
 * all of them read it again, so the work on it, which is the same for all members, is read and drawn once for all who
 * ask at the same time; only the frame around it is each reader's own.
 */
@Path("/workstreams")
@Produces(WorkstreamsPage.HTML)
@RunOnVirtualThread
public class WorkstreamsPage {

    static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    /** Where the work stands in its frame. Whatever else a page says is escaped, so that it stands there once. */
    private static final String WORK = "<!--work-->";

    private final Frames frames;
    private final Transactions transactions;
    private final Journal journal;
    private final WorkPage work;
    private final Origins origins;
    private final Clock clock;
    private final Coalescer<Asked, Drawn> readings = new Coalescer<>();

    WorkstreamsPage(
            Frames frames, Transactions transactions, Journal journal, WorkPage work, Origins origins, Clock clock) {
        this.frames = frames;
        this.transactions = transactions;
        this.journal = journal;
        this.work = work;
        this.origins = origins;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "workstreams")
    static class Templates {
        private Templates() {}

        static native TemplateInstance workstreams(Frame frame);

        static native TemplateInstance work(WorkstreamsView view);

        static native TemplateInstance rows(WorkstreamsView.Group group);

        static native TemplateInstance cards(WorkstreamsView.Group group);
    }

    /**
     * What the work depends on beyond the workspace's rows.
     *
     * @param me the reader, where the filter asks for their own work
     */
    private record Asked(Place place, String address, Optional<UUID> me, String connect) {}

    /**
     * @param work as it is sent
     * @param bookmark where the stream of changes goes on from what was read
     */
    private record Drawn(People people, byte[] work, Optional<String> bookmark) {}

    @GET
    @Operation(hidden = true)
    public byte[] show(@BeanParam WorkFilter filter, RoutingContext context) {
        Caller caller = frames.caller();
        if (frames.wantsPart() && filter.cursor.isPresent() && filter.status.isPresent()) {
            return transactions.in(caller.place(), () -> more(caller, filter, TaskStatus.of(filter.status.get())));
        }
        String connect = AgentSetup.claudeCommand(origins.endpoint(context), AgentSetup.PLACEHOLDER);
        Asked asked = new Asked(
                caller.place(),
                filter.whole(),
                filter.isMine() ? Optional.of(caller.developerId()) : Optional.empty(),
                connect);
        return framed(readings.read(asked, () -> transactions.in(caller.place(), () -> draw(caller, filter, connect))));
    }

    private byte[] more(Caller caller, WorkFilter filter, TaskStatus status) {
        WorkstreamsView.Group more =
                work.group(caller, status, filter, filter.cursor, frames.people(), clock.instant());
        return bytes((filter.isBoard() ? Templates.cards(more) : Templates.rows(more)).render());
    }

    private Drawn draw(Caller caller, WorkFilter filter, String connect) {
        People people = frames.people();
        WorkstreamsView view = work.view(caller, filter, people, connect);
        return new Drawn(people, bytes(Templates.work(view).render()), journal.bookmark());
    }

    /** The work is long, so that it is not even turned into bytes for each reader. */
    private byte[] framed(Drawn drawn) {
        Frame frame = frames.frame("Workstreams", "workstreams", false, drawn.people(), drawn.bookmark());
        String page = Templates.workstreams(frame).render();
        int place = page.indexOf(WORK);
        byte[] before = bytes(page.substring(0, place));
        byte[] after = bytes(page.substring(place + WORK.length()));
        return ByteBuffer.allocate(before.length + drawn.work().length + after.length)
                .put(before)
                .put(drawn.work())
                .put(after)
                .array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
