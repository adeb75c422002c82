package dev.covibe.console.settings;

import dev.covibe.console.frame.Typed;
import dev.covibe.platform.problem.Refusal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** The form of a price as a browser sends it: every field a text. */
public class PriceForm {

    @FormParam("model")
    @DefaultValue("")
    String model = "";

    @FormParam("provider")
    @DefaultValue("")
    String provider = "";

    @FormParam("effective_from")
    @DefaultValue("")
    String effectiveFrom = "";

    @FormParam("input")
    @DefaultValue("")
    String input = "";

    @FormParam("output")
    @DefaultValue("")
    String output = "";

    @FormParam("cache_read")
    @DefaultValue("")
    String cacheRead = "";

    @FormParam("cache_write")
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

    /** @throws Refusal.Invalid when it is no day */
    Optional<LocalDate> day() {
        try {
            return Typed.text(effectiveFrom).map(LocalDate::parse);
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField("/effective_from", "Write the day as 2026-11-30.");
        }
    }
}
