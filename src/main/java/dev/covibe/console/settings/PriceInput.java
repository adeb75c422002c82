package dev.covibe.console.settings;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Map;

/** The form of a price as an address fills it. */
public class PriceInput {

    @QueryParam("model")
    @DefaultValue("")
    String model = "";

    @QueryParam("provider")
    @DefaultValue("")
    String provider = "";

    @QueryParam("effective_from")
    @DefaultValue("")
    String effectiveFrom = "";

    @QueryParam("input")
    @DefaultValue("")
    String input = "";

    @QueryParam("output")
    @DefaultValue("")
    String output = "";

    @QueryParam("cache_read")
    @DefaultValue("")
    String cacheRead = "";

    @QueryParam("cache_write")
    @DefaultValue("")
    String cacheWrite = "";

    Map<String, String> typed() {
        return Map.of(
                "model",
                model,
                "provider",
                provider,
                "effective_from",
                effectiveFrom,
                "input",
                input,
                "output",
                output,
                "cache_read",
                cacheRead,
                "cache_write",
                cacheWrite);
    }

    boolean isFilled() {
        return !model.isEmpty();
    }
}
