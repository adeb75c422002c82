package dev.covibe.site;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.identity.Moving;
import dev.covibe.identity.Onboarding;
import dev.covibe.identity.Onboarding.Company;
import dev.covibe.identity.Onboarding.Prospect;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
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
    private final Moving moving;
    private final Cookies cookies;
    private final Addresses addresses;
    private final Gates gates;

    OnboardingPage(
            CurrentCaller current,
            Onboarding onboarding,
            Moving moving,
            Cookies cookies,
            Addresses addresses,
            Gates gates) {
        this.current = current;
        this.onboarding = onboarding;
        this.moving = moving;
        this.cookies = cookies;
        this.addresses = addresses;
        this.gates = gates;
    }

    @CheckedTemplate(basePath = "onboarding")
    static class Templates {
        private Templates() {}

        static native TemplateInstance onboarding(Gate gate, OnboardingView view);

        static native TemplateInstance invited(Gate gate, ProspectView.Invited view);

        static native TemplateInstance elsewhere(Gate gate, ProspectView.Elsewhere view);
    }

    @GET
    @Operation(hidden = true)
    public Response form(RoutingContext context) {
        if (current.caller().isPresent()) {
            return Response.seeOther(URI.create("/workstreams")).build();
        }
        PersonSessions.Person person = person();
        return switch (onboarding.prospect(person)) {
            case Prospect.Open _ ->
                page(
                        200,
                        new OnboardingView("", "", "", suggestedHandle(person.email()), person.email(), Map.of()),
                        context);
            case Prospect.Invited(String tenant) ->
                answer(
                        403,
                        Templates.invited(
                                gates.gate("Not a member yet", context),
                                new ProspectView.Invited(tenant, person.email())));
            case Prospect.Elsewhere(List<Company> companies) ->
                answer(
                        200,
                        Templates.elsewhere(
                                gates.gate("Choose your company", context),
                                new ProspectView.Elsewhere(
                                        companies.stream()
                                                .map(OnboardingPage::company)
                                                .toList(),
                                        person.email())));
        };
    }

    private static ProspectView.Company company(Company company) {
        return new ProspectView.Company(
                company.name(),
                "/auth/sign-in?organization_id=" + URLEncoder.encode(company.organization(), StandardCharsets.UTF_8));
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
        PersonSessions.Person person = person();
        if (!(onboarding.prospect(person) instanceof Prospect.Open)) {
            return Response.seeOther(URI.create("/onboarding")).build();
        }
        try {
            open(person, company, workspace, name, handle, context);
            return Response.seeOther(URI.create("/workstreams")).build();
        } catch (Refusal refusal) {
            OnboardingView view = new OnboardingView(company, workspace, name, handle, person.email(), errors(refusal));
            return page(refusal instanceof Refusal.Invalid ? 422 : refusal.status(), view, context);
        }
    }

    private void open(
            PersonSessions.Person person,
            String company,
            String workspace,
            String name,
            String handle,
            RoutingContext context) {
        if (person.vouched().isPresent()) {
            String secret = cookies.read(context, Cookies.SESSION).orElseThrow();
            onboarding.openVouched(person.vouched().get(), secret, company, workspace, name, handle);
        } else {
            String address = addresses.of(context);
            Caller caller = onboarding.open(person.email(), company, workspace, name, handle, address);
            moving.enter(context, caller.workspaceId());
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
        return answer(status, Templates.onboarding(gates.gate("Set up your team", context), view));
    }

    private static Response answer(int status, TemplateInstance page) {
        return Response.status(status)
                .entity(page)
                .header("Cache-Control", "no-store")
                .build();
    }
}
