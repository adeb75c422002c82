package dev.covibe.site.docs;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.site.Visit;
import dev.covibe.site.Visits;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The documentation (SIT-2): everybody may read it, and every page works without JavaScript. */
@Path("/docs")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class DocsPage {

    private static final Map<String, String> PICTURES =
            Map.of("png", "image/png", "webp", "image/webp", "jpg", "image/jpeg", "svg", "image/svg+xml");

    private final Library library;
    private final Visits visits;

    DocsPage(Library library, Visits visits) {
        this.library = library;
        this.visits = visits;
    }

    @CheckedTemplate(basePath = "docs")
    static class Templates {
        private Templates() {}

        static native TemplateInstance article(Visit visit, DocsView.Shelves shelves, DocsView.Reading view);

        static native TemplateInstance found(Visit visit, DocsView.Shelves shelves, DocsView.Found view);
    }

    @GET
    @Operation(hidden = true)
    public Response index(RoutingContext context) {
        return article(Contents.INDEX, context);
    }

    @GET
    @Path("/search")
    @Operation(hidden = true)
    public Response search(@QueryParam("q") @DefaultValue("") String query, RoutingContext context) {
        List<DocsView.Result> results = Finder.find(library.all(), query).stream()
                .map(hit -> new DocsView.Result(hit.address(), hit.title(), hit.heading(), hit.excerpt()))
                .toList();
        String title = query.isBlank() ? "Search" : "Search: " + query.strip();
        return answer(Templates.found(
                visits.visit(title, context), shelves("", query.strip()), new DocsView.Found(query.strip(), results)));
    }

    @GET
    @Path("/{name:.+}")
    @Operation(hidden = true)
    public Response file(@PathParam("name") String name, RoutingContext context) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (name.endsWith(".md")) {
            String article = name.substring(0, name.length() - ".md".length());
            library.article(article).orElseThrow(DocsPage::missing);
            return Response.seeOther(URI.create(Article.address(article))).build();
        }
        return PICTURES.containsKey(ending) ? picture(name, PICTURES.get(ending)) : article(name, context);
    }

    private Response picture(String name, String type) {
        Shelf.Sheet sheet = library.picture(name).orElseThrow(DocsPage::missing);
        return Response.ok(sheet.content(), type)
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }

    private Response article(String name, RoutingContext context) {
        Article article = library.article(name).orElseThrow(DocsPage::missing);
        List<Contents.Entry> order = library.contents().entries();
        int place = order.stream().map(Contents.Entry::name).toList().indexOf(name);
        DocsView.Reading view = new DocsView.Reading(
                group(name),
                article,
                place < 1 ? Optional.empty() : Optional.of(item(order.get(place - 1), "")),
                name.equals(Contents.INDEX) || place >= 0 && place + 1 < order.size()
                        ? Optional.of(item(order.get(place + 1), ""))
                        : Optional.empty());
        return answer(Templates.article(visits.visit(article.title(), context), shelves(name, ""), view));
    }

    private String group(String name) {
        return library.contents().groups().stream()
                .filter(group ->
                        group.entries().stream().anyMatch(entry -> entry.name().equals(name)))
                .map(Contents.Group::title)
                .findFirst()
                .orElse("");
    }

    private DocsView.Shelves shelves(String current, String query) {
        return new DocsView.Shelves(
                library.contents().groups().stream()
                        .map(group -> new DocsView.Group(
                                group.title(),
                                group.entries().stream()
                                        .map(entry -> item(entry, current))
                                        .toList()))
                        .toList(),
                query);
    }

    private static DocsView.Item item(Contents.Entry entry, String current) {
        return new DocsView.Item(
                entry.title(), Article.address(entry.name()), entry.name().equals(current));
    }

    private static Refusal missing() {
        return Refusal.notFound("docs.unknown", "There is no such page in the documentation.");
    }

    private static Response answer(TemplateInstance page) {
        return Response.ok(page).header("Cache-Control", "no-cache").build();
    }
}
