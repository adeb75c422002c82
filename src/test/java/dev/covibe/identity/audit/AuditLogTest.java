package dev.covibe.identity.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.PersonSessions;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditLogTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Audit audit;

    @Inject
    AuditLog log;

    @Inject
    PersonSessions sessions;

    @Inject
    Transactions transactions;

    @Inject
    Sql sql;

    private Fixtures.Workspace team;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
    }

    @Test
    void what_changes_prices_retention_and_what_leaves_the_building_is_on_record_with_its_address() {
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body("{\"model\":\"balloon-1\",\"input\":1,\"output\":2}")
                .post("/api/prices")
                .then()
                .statusCode(201);
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body("{\"raw_days\":30}")
                .put("/api/retention")
                .then()
                .statusCode(200);
        given().header("Authorization", team.bearer())
                .get("/api/tasks/export")
                .then()
                .statusCode(200);
        given().header("Authorization", team.bearer())
                .get("/api/audit")
                .then()
                .statusCode(200)
                .body("items.action", hasItems("price.changed", "retention.changed", "export.taken", "token.created"))
                .body("items.find { it.action == 'retention.changed' }.subject", equalTo("30 days"))
                .body("items.find { it.action == 'retention.changed' }.address", equalTo("127.0.0.1"))
                .body(
                        "items.find { it.action == 'retention.changed' }.actor",
                        equalTo(team.admin().handle()));
    }

    @Test
    void signing_in_is_on_record_and_so_is_being_refused() {
        given().redirects()
                .follow(false)
                .formParam("email", team.email())
                .post("/auth/sign-in")
                .then()
                .statusCode(303);
        Caller kim = fixtures.member(team, "kim");
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.developers set removed_at = now() where id = '" + kim.developerId() + "'");
        given().redirects()
                .follow(false)
                .formParam("email", "kim-" + team.email())
                .post("/auth/sign-in")
                .then()
                .statusCode(303);
        given().header("Authorization", team.bearer())
                .get("/api/audit?action=sign-in")
                .then()
                .body("items.action", equalTo(List.of("sign-in.refused", "sign-in.accepted")))
                .body("items.address", everyItem(equalTo("127.0.0.1")))
                .body("items[0].actor", equalTo("kim"));
    }

    @Test
    void every_action_that_the_code_records_is_in_the_docs() throws IOException {
        String docs = Files.readString(Path.of("docs/administration.md"));
        Set<String> recorded = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Pattern.compile("audit\\s*\\.record\\w*\\([^;]*;")
                        .matcher(Files.readString(file))
                        .results()
                        .flatMap(call -> Pattern.compile("\"([a-z-]+\\.[a-z-]+)\"")
                                .matcher(call.group())
                                .results())
                        .map(action -> action.group(1))
                        .forEach(recorded::add);
            }
        }
        assertThat(recorded).hasSizeGreaterThan(25).allMatch(action -> docs.contains("`" + action + "`"));
    }

    @Test
    void it_is_filtered_by_who_what_and_when() {
        Caller kim = fixtures.member(team, "kim");
        audit.record(kim, "balloon.filled", "first");
        audit.record(team.admin(), "balloon.filled", "second");
        audit.record(team.admin(), "balloon.burst", "third");
        assertThat(subjects("?action=balloon")).containsExactly("third", "second", "first");
        assertThat(subjects("?action=balloon.filled")).containsExactly("second", "first");
        assertThat(subjects("?action=balloon&actor=@kim")).containsExactly("first");
        assertThat(subjects("?action=balloon&until=2020-01-01")).isEmpty();
        assertThat(subjects("?action=balloon&from=2020-01-01")).hasSize(3);
        assertThat(subjects("?actor=nobody-like-this")).isEmpty();
        given().header("Authorization", team.bearer())
                .get("/api/audit?from=yesterday")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("from"));
        assertThat(log.actions(team.admin())).contains("balloon.burst", "balloon.filled", "tenant.opened");
    }

    private List<String> subjects(String query) {
        return given().header("Authorization", team.bearer())
                .get("/api/audit" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("items.subject");
    }

    @Test
    void its_pages_hold_every_entry_once() {
        // In one transaction all have the same time, and only the id decides.
        transactions.run(team.admin().place(), () -> {
            for (int n = 0; n < 7; n++) {
                audit.record(team.admin(), "balloon.filled", "n" + n);
            }
        });
        AuditLog.Filter filter =
                new AuditLog.Filter(Optional.empty(), Optional.of("balloon"), Optional.empty(), Optional.empty());
        List<String> seen = new ArrayList<>();
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page<AuditLog.Entry> page = log.page(team.admin(), filter, cursor, 3);
            page.items().forEach(entry -> seen.add(entry.subject()));
            cursor = page.cursor().map(Cursor::of);
        } while (cursor.isPresent());
        assertThat(seen).containsExactlyInAnyOrder("n0", "n1", "n2", "n3", "n4", "n5", "n6");
    }

    @Test
    void its_file_holds_no_formula_and_taking_it_is_an_entry() {
        audit.record(team.admin(), "balloon.filled", "=HYPERLINK(\"http://evil.example\")");
        String file = given().header("Authorization", team.bearer())
                .get("/api/audit/export?action=balloon")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/csv;charset=utf-8"))
                .extract()
                .asString();
        assertThat(file)
                .startsWith("at,actor,action,subject,address")
                .contains("balloon.filled,\"'=HYPERLINK(\"\"http://evil.example\"\")\"")
                .doesNotContain("tenant.opened");
        given().header("Authorization", team.bearer())
                .get("/api/audit?action=export.taken")
                .then()
                .body("items.subject", hasItem("audit log"));
    }

    @Test
    void only_admins_read_it_and_only_their_own_companys() {
        Caller kim = fixtures.member(team, "kim");
        given().header("Authorization", "Bearer " + fixtures.token(kim))
                .get("/api/audit")
                .then()
                .statusCode(403)
                .body("code", equalTo("identity.admin-only"));
        given().header("Authorization", "Bearer " + fixtures.token(kim))
                .get("/api/audit/export")
                .then()
                .statusCode(403);
        audit.record(team.admin(), "balloon.filled", "ours");
        Fixtures.Workspace other = fixtures.workspace();
        assertThat(log.page(other.admin(), AuditLog.Filter.NONE, Optional.empty(), 200)
                        .items())
                .noneMatch(entry -> entry.subject().equals("ours"));
    }

    @Test
    void nobody_rewrites_it_not_even_the_server() {
        audit.record(team.admin(), "balloon.filled", "it was me");
        int touched = transactions.in(
                team.admin().place(),
                () -> sql.update("update audit_entries set subject = 'nobody' where true")
                        + sql.update("delete from audit_entries where true"));
        assertThat(touched).isZero();
        assertThatThrownBy(() -> TestDatabase.execute(TestDatabase.runtime(), "truncate covibe.audit_entries"))
                .hasStackTraceContaining("permission denied");
        assertThat(subjects("?action=balloon")).containsExactly("it was me");
    }
}
