package dev.covibe.console.search;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.insight.search.Found;
import dev.covibe.insight.search.Search;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /search}: the one search, as a page of its own that also answers while somebody types. */
@Path("/search")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class SearchPage {

    private static final int SHOWN = 12;

    private final Frames frames;
    private final Search search;
    private final Clock clock;

    SearchPage(Frames frames, Search search, Clock clock) {
        this.frames = frames;
        this.search = search;
        this.clock = clock;
    }

    /** @param count what the heading of results says: "14 found" */
    record View(String query, String count, boolean asked, List<Group> groups) {}

    /** @param more what is said when there are more than are shown, empty otherwise */
    record Group(String kind, String word, List<Line> hits, String more) {}

    /** @param at empty for people */
    record Line(String key, String title, String note, String who, String url, Optional<When> at) {}

    @CheckedTemplate(basePath = "search")
    static class Templates {
        private Templates() {}

        static native TemplateInstance search(Frame frame, SearchPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@QueryParam("q") Optional<String> text) {
        String query = text.map(String::strip)
                .map(given -> given.length() > Search.LONGEST ? given.substring(0, Search.LONGEST) : given)
                .orElse("");
        Found found = search.find(frames.caller(), query, SHOWN);
        Instant now = clock.instant();
        People people = frames.people();
        boolean more = found.groups().stream().anyMatch(Found.Group::more);
        View view = new View(
                query,
                (more ? "More than " : "") + found.count() + " found",
                !query.isEmpty(),
                found.groups().stream().map(group -> group(group, now)).toList());
        return Templates.search(frames.frame("Search", "search", true, people), view);
    }

    private static Group group(Found.Group group, Instant now) {
        String word = group.kind().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + group.kind().substring(1);
        return new Group(
                group.kind(),
                word,
                group.hits().stream()
                        .map(hit -> new Line(
                                hit.key(),
                                hit.title(),
                                hit.note(),
                                hit.who().map(handle -> "@" + handle).orElse(""),
                                hit.url(),
                                hit.at().map(at -> When.of(at, now))))
                        .toList(),
                group.more() ? "The first " + SHOWN + ". Another word narrows it." : "");
    }
}
