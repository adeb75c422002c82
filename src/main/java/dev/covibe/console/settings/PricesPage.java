package dev.covibe.console.settings;

import dev.covibe.agents.prices.Dollars;
import dev.covibe.agents.prices.Price;
import dev.covibe.agents.prices.PriceOverrides;
import dev.covibe.agents.prices.Rates;
import dev.covibe.agents.prices.ShippedPrices;
import dev.covibe.agents.usage.Repricing;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.console.frame.Days;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.Typed;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The price book in the settings: shipped prices, the company's own, and models that have none (AGT-5). */
@Path("/settings/prices")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class PricesPage {

    private static final int NEWEST = 8;

    private final Frames frames;
    private final ShippedPrices shipped;
    private final PriceOverrides overrides;
    private final UsageQueries usage;
    private final Repricing repricing;
    private final Clock clock;

    PricesPage(
            Frames frames,
            ShippedPrices shipped,
            PriceOverrides overrides,
            UsageQueries usage,
            Repricing repricing,
            Clock clock) {
        this.frames = frames;
        this.shipped = shipped;
        this.overrides = overrides;
        this.usage = usage;
        this.repricing = repricing;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance prices(Frame frame, PricesView view);
    }

    /** @param q shows models whose name contains it; the other parameters fill the form */
    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @QueryParam("q") Optional<String> q, @QueryParam("all") Optional<String> all, @BeanParam PriceInput input) {
        return page(q.orElse(""), all.isPresent(), input.isFilled(), Filled.with(input.typed()));
    }

    @POST
    @Operation(hidden = true)
    public Response add(@BeanParam PriceForm form) {
        Caller caller = frames.caller();
        try {
            String cacheless = form.input;
            Rates rates = new Rates(
                    Dollars.rate(form.input, "/input"),
                    Dollars.rate(form.output, "/output"),
                    Dollars.rate(Typed.text(form.cacheRead).orElse(cacheless), "/cache_read"),
                    Dollars.rate(Typed.text(form.cacheWrite).orElse(cacheless), "/cache_write"));
            overrides.add(caller, Typed.text(form.provider), form.model, form.day(), rates);
            repricing.company(caller);
            return Response.seeOther(URI.create("/settings/prices#company")).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal.code().equals("price.taken")
                    ? Map.of("effective_from", refusal.getMessage())
                    : FormErrors.of(refusal, Map.of());
            return Frames.refused(refusal, page("", false, true, new Filled(errors, form.typed())));
        }
    }

    @POST
    @Path("/{id}/end")
    @Operation(hidden = true)
    public Response end(@PathParam("id") UUID id) {
        overrides.end(frames.caller(), id, Optional.empty());
        return Response.seeOther(URI.create("/settings/prices#company")).build();
    }

    private TemplateInstance page(String filter, boolean all, boolean adding, Filled form) {
        Caller caller = frames.caller();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String part = filter.strip().toLowerCase(Locale.ROOT);
        PricesView view = new PricesView(
                Days.of(shipped.date()),
                caller.role() == Role.ADMIN,
                filter,
                usage.unpriced(caller).stream().map(PricesPage::unpriced).toList(),
                rows(overrides.list(caller), "", today),
                rows(all || !part.isEmpty() ? shipped.prices() : newest(today), part, today),
                shipped.prices().size(),
                adding,
                form);
        return Templates.prices(frames.settings(frames.people()), view);
    }

    /** What holds now of the first models of each provider: the book has the newer ones first. */
    private List<Price> newest(LocalDate today) {
        Map<Optional<String>, Map<String, Price>> newest = new LinkedHashMap<>();
        for (Price price : shipped.prices()) {
            if (!price.from().isAfter(today)) {
                newest.computeIfAbsent(price.provider(), provider -> new LinkedHashMap<>())
                        .put(price.model(), price);
            }
        }
        return newest.values().stream()
                .flatMap(models -> models.values().stream().limit(NEWEST))
                .toList();
    }

    private static PricesView.Unpriced unpriced(UsageQueries.UnpricedModel model) {
        return new PricesView.Unpriced(
                model.provider().isEmpty() ? "Not said" : model.provider(),
                model.model(),
                Numbers.tokens(model.tokens()),
                Numbers.grouped(model.calls()),
                Days.of(model.lastDay()),
                "/settings/prices?model=" + encoded(model.model()) + "#add");
    }

    private static List<PricesView.Row> rows(List<Price> prices, String part, LocalDate today) {
        return prices.stream()
                .filter(price -> price.model().contains(part))
                .map(price -> row(price, today))
                .toList();
    }

    private static PricesView.Row row(Price price, LocalDate today) {
        Rates rates = price.rates();
        return new PricesView.Row(
                price.id().toString(),
                price.provider().orElse("Any"),
                price.model(),
                Days.of(price.from()),
                price.until().map(Days::of).orElse(""),
                price.until().map(end -> !end.isAfter(today)).orElse(false),
                Money.rate(rates.input()),
                Money.rate(rates.output()),
                Money.rate(rates.cacheRead()),
                Money.rate(rates.cacheWrite()),
                "/settings/prices?model=" + encoded(price.model()) + "&input=" + Dollars.of(rates.input()) + "&output="
                        + Dollars.of(rates.output()) + "&cache_read=" + Dollars.of(rates.cacheRead()) + "&cache_write="
                        + Dollars.of(rates.cacheWrite()) + "#add");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
