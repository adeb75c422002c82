package dev.covibe.site;

import dev.covibe.identity.CurrentCaller;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Makes the {@link Visit} of a public page for the request at hand. */
@Singleton
public class Visits {

    private final Gates gates;
    private final CurrentCaller current;

    Visits(Gates gates, CurrentCaller current) {
        this.gates = gates;
        this.current = current;
    }

    public Visit visit(String title, RoutingContext context) {
        return new Visit(gates.gate(title, context), current.person().isPresent());
    }
}
