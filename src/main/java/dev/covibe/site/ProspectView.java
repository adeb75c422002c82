package dev.covibe.site;

import java.util.List;

/** What a signed-in person sees who is a member of no workspace, and who may not open a company either. */
public final class ProspectView {

    private ProspectView() {}

    /**
     * @param tenant the company, which is set up already
     * @param email whom an admin would invite
     */
    public record Invited(String tenant, String email) {}

    /** @param companies where the person can go on */
    public record Elsewhere(List<Company> companies, String email) {}

    /** @param address signs in to it */
    public record Company(String name, String address) {}
}
