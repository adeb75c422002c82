package dev.covibe.testsupport;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Onboarding;
import dev.covibe.identity.PersonSessions;
import dev.covibe.identity.Role;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.sql.Ids;
import dev.covibe.work.Projects;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A fresh tenant and workspace for every test: nothing to clean up, and row security always in play. */
@Singleton
public class Fixtures {

    private final Onboarding onboarding;
    private final Tokens tokens;
    private final PersonSessions sessions;
    private final Projects projects;
    private final Secrets secrets;

    Fixtures(Onboarding onboarding, Tokens tokens, PersonSessions sessions, Projects projects, Secrets secrets) {
        this.onboarding = onboarding;
        this.tokens = tokens;
        this.sessions = sessions;
        this.projects = projects;
        this.secrets = secrets;
    }

    /**
     * @param admin who opened the tenant
     * @param email of the admin
     * @param token an untyped MCP token of the admin
     */
    public record Workspace(Caller admin, String email, String token) {
        public String bearer() {
            return "Bearer " + token;
        }
    }

    /** A browser that is signed in: the cookie's value and the token that its forms send. */
    public record Browser(String cookie, String csrf) {}

    /** A new tenant with one workspace, one admin and one project WEB. */
    public Workspace workspace() {
        String name = "t" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36);
        String email = name + "@example.com";
        Caller admin = onboarding.open(email, "Tenant " + name, "Core", "Lin " + name, name, "127.0.0.1");
        projects.create(admin, "WEB", "Web", Optional.empty(), List.of("https://github.com/acme/web.git"));
        return new Workspace(admin, email, token(admin));
    }

    public String token(Caller caller) {
        return tokens.mint(caller, "test", Optional.empty(), Optional.empty(), "127.0.0.1")
                .text();
    }

    /** Another member of the workspace. */
    public Caller member(Workspace workspace, String handle) {
        UUID id = Ids.next();
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.developers (id, tenant_id, email, name, handle, role)
                values ('%1$s', '%2$s', '%3$s', '%4$s', '%4$s', 'member');
                insert into covibe.workspace_members (tenant_id, workspace_id, developer_id)
                values ('%2$s', '%5$s', '%1$s');
                """.formatted(
                        id,
                        workspace.admin().place().tenantId(),
                        handle + "-" + workspace.email(),
                        handle,
                        workspace.admin().workspaceId()));
        return new Caller(workspace.admin().place(), id, handle, Role.MEMBER, Optional.empty(), Optional.empty());
    }

    public Browser browser(Workspace workspace) {
        return browser(workspace.email());
    }

    /** Of whoever has this email. */
    public Browser browser(String email) {
        return browserWith(sessions.open(email));
    }

    /** Of the workspace's admin, whom a provider vouches for as one of its organization: for servers in WorkOS mode. */
    public Browser browser(Workspace workspace, String organization) {
        return browserWith(sessions.open(
                        new PersonSessions.Vouched(
                                "user_" + UUID.randomUUID(),
                                workspace.email(),
                                Optional.of(organization),
                                Optional.empty()),
                        Optional.empty())
                .secret());
    }

    private Browser browserWith(String cookie) {
        return new Browser(cookie, secrets.tag("csrf", cookie));
    }
}
