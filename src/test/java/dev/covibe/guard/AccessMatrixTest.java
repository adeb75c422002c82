package dev.covibe.guard;

import static dev.covibe.guard.AccessRequest.send;
import static dev.covibe.guard.AccessTable.EXPECTED;
import static dev.covibe.guard.AccessTable.STREAM;
import static dev.covibe.guard.Belongings.MARKER;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.identity.Tokens;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every operation, as everybody who is not meant by it and everybody who is (QLT-9). Beside {@link AccessCoverageTest},
 * which has nobody and other companies, and {@link DeadCredentialsTest}: a colleague from another workspace of the same
 * company, a member, an admin. Every item that is asked for exists, and its own admin is seen to find it: so a 404 is
 * hidden and not absent.
 */
@QuarkusTest
class AccessMatrixTest {

    /** What only admins may, also by a token of theirs. Whatever else refuses a member is a mistake, and so is the reverse. */
    private static final Set<String> ADMINS = Set.of(
            "GET /api/audit",
            "GET /api/audit/export",
            "GET /api/outbox",
            "PUT /api/performance/targets",
            "POST /settings/performance",
            "GET /settings/audit",
            "GET /settings/danger",
            "PUT /api/companion/rule",
            "POST /api/prices",
            "PUT /api/prices/{id}/end",
            "PUT /api/retention",
            "POST /settings/prices",
            "POST /settings/prices/{id}/end",
            "POST /settings/retention");

    /** What everybody sees and only its owner or an admin changes. */
    private static final Set<String> OWNERS = Set.of(
            "DELETE /api/claims/{id}",
            "PATCH /api/agents/{id}",
            "POST /coordination/claims/{id}/release",
            "POST /settings/agents/{id}",
            "POST /settings/shares/{id}/revocation");

    /** What only admins may and only at a browser, whoever's token an agent holds. */
    private static final Set<String> ADMINS_IN_PERSON = Set.of(
            "PATCH /api/tenant",
            "POST /api/workspace/reset",
            "POST /settings/danger/reset",
            "POST /settings/people",
            "POST /settings/people/{id}/role",
            "POST /settings/people/{id}/removal",
            "POST /settings/people/{id}/invitation",
            "POST /settings/people/{id}/password-reset",
            "POST /settings/company/name",
            "POST /settings/company/workspaces",
            "POST /settings/company/workspaces/{id}/name",
            "POST /settings/company/workspaces/{id}/archival",
            "POST /settings/company/workspaces/{id}/members",
            "POST /settings/company/workspaces/{id}/removals",
            "POST /api/members",
            "DELETE /api/members/{id}",
            "PUT /api/members/{id}/role",
            "PUT /api/members/{id}/invitation",
            "PUT /api/members/{id}/password-reset",
            "POST /api/workspaces",
            "PATCH /api/workspaces/{id}",
            "PUT /api/workspaces/{id}/archival",
            "DELETE /api/workspaces/{id}/archival",
            "PUT /api/workspaces/{id}/members/{developer}",
            "DELETE /api/workspaces/{id}/members/{developer}");

    /** What everybody does for themself, at a browser. */
    private static final Set<String> IN_PERSON =
            Set.of("PATCH /api/profile", "PUT /api/profile/photo", "DELETE /api/profile/photo");

    /** What only agents do. */
    private static final Set<String> BY_TOKEN = Set.of(
            "POST /api/ingest", "POST /api/otlp/v1/metrics", "POST /api/otlp/v1/logs", "POST /api/otlp/v1/traces");

    /** What exists for its owner and for admins; to other members it does not. */
    private static final Set<String> OWN = Set.of(
            "DELETE /api/companion/machines/{id}",
            "POST /settings/tokens/{id}/revoke",
            "POST /analytics/views/{id}/removal");

    /** What is not there for whoever asks here: a workspace and a photo of nobody, news for WorkOS that nobody has. */
    private static final Set<String> NOT_THERE = Set.of(
            "POST /workspace",
            "GET /photos/{hash}/{size}",
            "PUT /api/outbox/{id}/attempt",
            "DELETE /api/outbox/{id}",
            "POST /settings/people/waiting/{id}");

    /** A message of one's own, a person who is nobody, and somebody who was just removed by the other way. */
    private static final Set<String> NOT_THERE_FOR_ADMINS = Set.of(
            "POST /coordination/acknowledgements/{id}",
            "POST /settings/company/workspaces/{id}/members",
            "POST /settings/company/workspaces/{id}/removals",
            "POST /settings/people/{id}/removal");

    /** Who is in the company is known to all of it. */
    private static final String DIRECTORY = "GET /api/members/{id}";

    @Inject
    Fixtures fixtures;

    @Inject
    Tokens tokens;

    @Test
    void a_colleague_from_another_workspace_finds_nothing() {
        Ground ground = Ground.of(fixtures.workspace(), fixtures, tokens);
        Fixtures.Workspace colleague = ground.colleague(Role.MEMBER, fixtures);
        Map<String, Integer> seen = new TreeMap<>();
        // The items first: afterwards the colleague has work of their own under the same keys.
        for (boolean items : List.of(true, false)) {
            inOrder().forEach(operation -> {
                Access access = EXPECTED.get(operation);
                if (access instanceof Access.ItsWorkspace != items) {
                    return;
                }
                for (RequestSpecification request : as(colleague, operation)) {
                    Response answer = send(request, operation, access, ground.item(operation, false));
                    boolean hidden = !items
                            || answer.statusCode() == 404
                            || answer.statusCode() == 403 && !operation.startsWith("GET ");
                    if (!hidden
                            || answer.statusCode() >= 500
                            || answer.asString().contains(MARKER)) {
                        seen.put(operation, answer.statusCode());
                    }
                }
            });
        }
        assertThat(seen).containsOnlyKeys(DIRECTORY);
        ground.assertUntouched();
    }

    @Test
    void a_member_may_everything_but_what_is_for_admins_and_for_owners() {
        Fixtures.Workspace first = fixtures.workspace();
        Fixtures.Workspace member = member(first);
        Seen seen = everything(Ground.of(first, fixtures, tokens), member);
        assertThat(seen)
                .isEqualTo(new Seen(
                        below("/api/", ADMINS, ADMINS_IN_PERSON, IN_PERSON, OWNERS),
                        below("/", ADMINS, ADMINS_IN_PERSON, BY_TOKEN, OWNERS),
                        below("/", OWN, NOT_THERE),
                        Set.of()));
    }

    private Fixtures.Workspace member(Fixtures.Workspace first) {
        Caller caller = fixtures.member(first, "mo");
        return new Fixtures.Workspace(caller, "mo-" + first.email(), fixtures.token(caller));
    }

    @Test
    void an_admin_finds_everything() {
        Fixtures.Workspace first = fixtures.workspace();
        Seen seen = everything(Ground.of(first, fixtures, tokens), first);
        assertThat(seen)
                .isEqualTo(new Seen(
                        below("/api/", ADMINS_IN_PERSON, IN_PERSON),
                        BY_TOKEN,
                        below("/", NOT_THERE, NOT_THERE_FOR_ADMINS),
                        Set.of()));
    }

    @SafeVarargs
    private static Set<String> below(String path, Set<String>... parts) {
        return Arrays.stream(parts)
                .flatMap(Set::stream)
                .filter(operation -> operation.contains(" " + path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * @param hidden what was answered with 404
     * @param wrong what was answered with 401 or 5xx
     */
    private record Seen(
            Set<String> forbiddenToTokens, Set<String> forbiddenToBrowsers, Set<String> hidden, Set<String> wrong) {}

    private Seen everything(Ground ground, Fixtures.Workspace who) {
        Seen seen = new Seen(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        for (String operation : inOrder()) {
            Access access = EXPECTED.get(operation);
            if (access instanceof Access.Everybody) {
                continue;
            }
            boolean byToken = operation.contains(" /api/");
            for (RequestSpecification request : as(who, operation)) {
                int status = send(request, operation, access, ground.item(operation, true))
                        .statusCode();
                if (status == 403) {
                    (byToken ? seen.forbiddenToTokens() : seen.forbiddenToBrowsers()).add(operation);
                } else if (status == 404 && !gone(operation, byToken)) {
                    seen.hidden().add(operation);
                } else if (status == 401 || status >= 500) {
                    seen.wrong().add(operation + " " + status);
                }
                byToken = false;
            }
        }
        return seen;
    }

    /** What the token has deleted the browser does not find any more. */
    private static boolean gone(String operation, boolean byToken) {
        return !byToken && operation.startsWith("DELETE /api/");
    }

    /** What only looks comes first and what deletes last, so that there is something to find for all of them. */
    private static List<String> inOrder() {
        return EXPECTED.keySet().stream()
                .filter(operation -> !operation.equals(STREAM))
                .sorted(Comparator.comparing(AccessMatrixTest::turn).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private static int turn(String operation) {
        if (operation.startsWith("GET ")) {
            return 0;
        }
        // Whoever makes a workspace is in it from then on, and a reset leaves nothing.
        if (operation.equals("POST /api/workspaces")
                || operation.equals("POST /settings/company/workspaces")
                || operation.endsWith("/reset")) {
            return 3;
        }
        return operation.startsWith("DELETE ")
                        || operation.contains("/revo")
                        || operation.contains("/remov")
                        || operation.contains("/archival")
                ? 2
                : 1;
    }

    /** By token and at a browser, or only there. */
    private List<RequestSpecification> as(Fixtures.Workspace who, String operation) {
        Fixtures.Browser browser = fixtures.browser(who);
        RequestSpecification person =
                given().cookie("covibe_session", browser.cookie()).header("X-CSRF-Token", browser.csrf());
        return operation.contains(" /api/")
                ? List.of(given().header("Authorization", who.bearer()), person)
                : List.of(person.header("Accept", "text/html"));
    }
}
