package dev.covibe.site;

import dev.covibe.identity.FoundTokens;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where anybody who found a token ends it (IDN-7), without an account: the minutes until somebody is reached count. */
@Path("/leaked-token")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class LeakedTokenPage {

    private static final int OK = 200;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private final FoundTokens tokens;
    private final Addresses addresses;
    private final Gates gates;

    LeakedTokenPage(FoundTokens tokens, Addresses addresses, Gates gates) {
        this.tokens = tokens;
        this.addresses = addresses;
        this.gates = gates;
    }

    /**
     * @param said what became of the tokens, a sentence each; empty before
     * @param relief whether a token that worked is dead now
     * @param error what was wrong with the text
     */
    record View(List<String> said, boolean relief, String error) {
        static final View BLANK = new View(List.of(), false, "");
    }

    @CheckedTemplate(basePath = "leaked-token", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        private Templates() {}

        static native TemplateInstance leakedToken(Gate gate, LeakedTokenPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public Response show(RoutingContext context) {
        return page(OK, View.BLANK, context);
    }

    @POST
    @Operation(hidden = true)
    public Response revoke(@FormParam("text") @DefaultValue("") String text, RoutingContext context) {
        try {
            return page(OK, said(tokens.revoke(text, addresses.of(context))), context);
        } catch (Refusal.Invalid refusal) {
            // What was pasted is not shown again: it would stand in the page's source.
            return page(UNPROCESSABLE, new View(List.of(), false, refusal.getMessage()), context);
        } catch (Refusal.TooMany refusal) {
            return page(TOO_MANY, new View(List.of(), false, refusal.getMessage()), context);
        }
    }

    private static View said(FoundTokens.Report report) {
        List<String> said = new ArrayList<>();
        if (report.revoked() > 0) {
            said.add(number(report.revoked(), "token is revoked and works", "tokens are revoked and work")
                    + " nowhere any more. The owner's company sees the report in its audit log.");
        }
        if (report.dead() > 0) {
            said.add(number(report.dead(), "token was", "tokens were") + " dead already.");
        }
        if (report.unknown() > 0) {
            said.add(number(report.unknown(), "token was", "tokens were")
                    + " not made by this server. Try the server whose address stands near it.");
        }
        return new View(said, report.revoked() > 0, "");
    }

    private static String number(int count, String one, String many) {
        return count == 1 ? "The " + one : count + " " + many;
    }

    private Response page(int status, View view, RoutingContext context) {
        return Response.status(status)
                .entity(Templates.leakedToken(gates.gate("Revoke a leaked token", context), view))
                .header("Cache-Control", "no-store")
                .build();
    }
}
