package dev.covibe.site;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.identity.Onboarding;
import dev.covibe.identity.PersonSessions;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import dev.covibe.platform.web.Cookies;
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
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The first steps of a person who belongs nowhere yet (IDN-4). */
@Path("/onboarding")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class OnboardingPage {

    private final CurrentCaller current;
    private final Onboarding onboarding;
    private final PersonSessions sessions;
    private final Cookies cookies;
    private final Addresses addresses;
    private final Gates gates;

    OnboardingPage(
            CurrentCaller current,
            Onboarding onboarding,
            PersonSessions sessions,
            Cookies cookies,
            Addresses addresses,
            Gates gates) {
        this.current = current;
        this.onboarding = onboarding;
        this.sessions = sessions;
        this.cookies = cookies;
        this.addresses = addresses;
        this.gates = gates;
    }

    @CheckedTemplate(basePath = "onboarding")
    static class Templates {
        private Templates() {}

        static native TemplateInstance onboarding(Gate gate, OnboardingView view);
    }

    @GET
    @Operation(hidden = true)
    public Response form(RoutingContext context) {
        if (current.caller().isPresent()) {
            return Response.seeOther(URI.create("/workstreams")).build();
        }
        return page(200, new OnboardingView("", "", "", suggestedHandle(person().email()), Map.of()), context);
    }

    @POST
    @Operation(hidden = true)
    public Response open(
            @FormParam("company") @DefaultValue("") String company,
            @FormParam("workspace") @DefaultValue("") String workspace,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("handle") @DefaultValue("") String handle,
            RoutingContext context) {
        if (current.caller().isPresent()) {
            return Response.seeOther(URI.create("/workstreams")).build();
        }
        try {
            String address = addresses.of(context);
            Caller caller = onboarding.open(person().email(), company, workspace, name, handle, address);
            cookies.read(context, Cookies.SESSION).ifPresent(secret -> sessions.enter(secret, caller.workspaceId()));
            return Response.seeOther(URI.create("/workstreams")).build();
        } catch (Refusal refusal) {
            return page(422, new OnboardingView(company, workspace, name, handle, errors(refusal)), context);
        }
    }

    private PersonSessions.Person person() {
        return current.person()
                .orElseThrow(() -> Refusal.forbidden("identity.browser-only", "Sign in with a browser first."));
    }

    private static Map<String, String> errors(Refusal refusal) {
        Map<String, String> errors = new HashMap<>();
        if (refusal instanceof Refusal.Invalid invalid) {
            invalid.errors()
                    .forEach(error -> errors.put(
                            error.pointer().equals("/tenant")
                                    ? "company"
                                    : error.pointer().substring(1),
                            error.message()));
        }
        if (errors.isEmpty()) {
            errors.put("form", refusal.getMessage());
        }
        return errors;
    }

    /** {@code lin.chen@acme.example} is offered {@code lin-chen}. */
    private static String suggestedHandle(String email) {
        return email.substring(0, email.indexOf('@'))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
    }

    private Response page(int status, OnboardingView view, RoutingContext context) {
        return Response.status(status)
                .entity(Templates.onboarding(gates.gate("Set up your team", context), view))
                .header("Cache-Control", "no-store")
                .build();
    }
}
