package dev.covibe.agents.prices;

import dev.covibe.agents.usage.Repricing;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The price book over REST (AGT-5). */
@Path("/api/prices")
@Tag(name = "Prices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PriceResource {

    private final CurrentCaller current;
    private final ShippedPrices shipped;
    private final PriceOverrides overrides;
    private final UsageQueries usage;
    private final Repricing repricing;
    private final Idempotency idempotency;

    PriceResource(
            CurrentCaller current,
            ShippedPrices shipped,
            PriceOverrides overrides,
            UsageQueries usage,
            Repricing repricing,
            Idempotency idempotency) {
        this.current = current;
        this.shipped = shipped;
        this.overrides = overrides;
        this.usage = usage;
        this.repricing = repricing;
        this.idempotency = idempotency;
    }

    /**
     * The prices that hold, and those that held.
     *
     * @param shippedAsOf when the shipped prices were the public ones
     * @param company the company's own, which come first
     */
    @RegisterForReflection
    public record PriceBookView(LocalDate shippedAsOf, List<PriceView> company, List<PriceView> shipped) {}

    /**
     * A price of the company's own, in US dollars for a million tokens.
     *
     * @param provider absent for calls to any
     * @param model a model's name, or the beginning of names with a {@code *} at its end
     * @param effectiveFrom today when absent
     * @param cacheRead like {@code input} when absent, and so is {@code cacheWrite}
     */
    @RegisterForReflection
    public record NewPrice(
            Optional<String> provider,
            String model,
            Optional<LocalDate> effectiveFrom,
            BigDecimal input,
            BigDecimal output,
            Optional<BigDecimal> cacheRead,
            Optional<BigDecimal> cacheWrite) {}

    /** @param effectiveUntil the first day without the price, today when absent */
    @RegisterForReflection
    public record PriceEnd(Optional<LocalDate> effectiveUntil) {}

    @GET
    @Operation(summary = "Read the price book", description = "`q` keeps models whose name contains it.")
    @APIResponse(responseCode = "200", description = "The company's own prices and the shipped ones with their date")
    public PriceBookView list(@QueryParam("q") Optional<String> q) {
        String part = q.map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse("");
        return new PriceBookView(
                shipped.date(), views(overrides.list(current.get()), part), views(shipped.prices(), part));
    }

    private static List<PriceView> views(List<Price> prices, String part) {
        return prices.stream()
                .filter(price -> price.model().contains(part))
                .map(PriceView::of)
                .toList();
    }

    @GET
    @Path("/unpriced")
    @Operation(summary = "List models that were used and have no price")
    @APIResponse(responseCode = "200", description = "The most used first")
    public List<UsageQueries.UnpricedModel> unpriced() {
        return usage.unpriced(current.get());
    }

    @POST
    @Operation(
            summary = "Add a price of the company's own",
            description =
                    "For admins. It comes before the shipped price from its first day on. Calls without a price that it"
                            + " fits are priced at once.")
    @APIResponse(responseCode = "201", description = "The price")
    @APIResponse(responseCode = "409", description = "`price.taken`")
    public RestResponse<PriceView> add(@HeaderParam("Idempotency-Key") Optional<String> key, NewPrice price) {
        Caller caller = current.get();
        NewPrice wanted = Body.present(price);
        String model = Body.wanted(wanted.model(), "/model");
        BigDecimal input = Body.wanted(wanted.input(), "/input");
        Rates rates = new Rates(
                Dollars.rate(input, "/input"),
                Dollars.rate(Body.wanted(wanted.output(), "/output"), "/output"),
                Dollars.rate(wanted.cacheRead().orElse(input), "/cache_read"),
                Dollars.rate(wanted.cacheWrite().orElse(input), "/cache_write"));
        PriceView made = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "prices.add",
                wanted,
                PriceView.class,
                () -> PriceView.of(overrides.add(caller, wanted.provider(), model, wanted.effectiveFrom(), rates)));
        repricing.company(caller);
        return RestResponse.ResponseBuilder.<PriceView>created(URI.create("/api/prices/" + made.id()))
                .entity(made)
                .build();
    }

    @PUT
    @Path("/{id}/end")
    @Operation(
            summary = "End a price of the company's own",
            description = "For admins. From that day on the shipped price holds again; what was computed stays.")
    @APIResponse(responseCode = "200", description = "The price after the change")
    @APIResponse(responseCode = "404", description = "`price.unknown`")
    @APIResponse(responseCode = "409", description = "`price.ended`")
    public PriceView end(UUID id, PriceEnd end) {
        return PriceView.of(overrides.end(current.get(), id, Body.present(end).effectiveUntil()));
    }
}
