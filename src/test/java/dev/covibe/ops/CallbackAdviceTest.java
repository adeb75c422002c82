package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.oidc.Provider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is told of the way back from the provider, when the server starts and by doctor (PLT-5, OPS-2). */
class CallbackAdviceTest {

    private static final Map<String, String> WHOLE = Map.of(
            "COVIBE_AUTH", "workos",
            "COVIBE_SECRET", "a-secret-for-tests-only-0123456789abcdef",
            "COVIBE_HOSTED_URL", "http://localhost:8080",
            "WORKOS_CLIENT_ID", "client_test",
            "WORKOS_API_KEY", "sk_test");

    @TempDir
    Path data;

    private Map<String, String> variables(String... changes) {
        Map<String, String> variables = new HashMap<>(WHOLE);
        variables.put("COVIBE_DATA", data.toString());
        // Nobody listens there.
        variables.put("PORT", "9");
        for (int i = 0; i < changes.length; i += 2) {
            variables.put(changes[i], changes[i + 1]);
        }
        return variables;
    }

    private static String banner(Map<String, String> variables) {
        Environment environment = new Environment(variables);
        Provider provider = Provider.of(setting -> environment.text(Provider.variable(setting)));
        return new Banner(
                        environment.host(),
                        environment.port(),
                        environment.auth(),
                        "embedded",
                        environment.text("COVIBE_HOSTED_URL"),
                        provider)
                .text();
    }

    private static List<String> doctor(Map<String, String> variables) {
        return new Examination(new Environment(variables))
                .findings().stream().map(Finding::text).toList();
    }

    private static Optional<String> about(String what, List<String> findings) {
        return findings.stream().filter(line -> line.contains(what + ":")).findFirst();
    }

    @Test
    void a_callback_that_leads_to_another_port_is_named_by_the_banner_and_by_doctor() {
        String says = "sent back to http://localhost:8080/callback, but this server listens on port 9, not 8080";
        assertThat(banner(variables())).contains("Warning").contains(says);
        assertThat(about("callback", doctor(variables())).orElseThrow())
                .startsWith("warning")
                .contains(says);
    }

    @Test
    void a_callback_that_leads_here_is_not_complained_of() {
        Map<String, String> right = variables("COVIBE_HOSTED_URL", "http://localhost:9");
        assertThat(banner(right)).doesNotContain("Warning").contains("http://localhost:9/callback");
        assertThat(about("callback", doctor(right))).isEmpty();
        assertThat(about("sign-in", doctor(right)).orElseThrow())
                .startsWith("ok")
                .contains("/callback");
    }

    @Test
    void what_is_missing_is_named_and_no_secret_is() {
        Map<String, String> half = variables("WORKOS_CLIENT_ID", "", "WORKOS_API_KEY", "sk_very_secret");
        assertThat(banner(half))
                .contains("blocked: WORKOS_CLIENT_ID must be set")
                .doesNotContain("sk_very_secret");
        assertThat(about("sign-in", doctor(half)).orElseThrow())
                .startsWith("failure")
                .contains("WORKOS_CLIENT_ID must be set");
        assertThat(doctor(half)).noneMatch(line -> line.contains("sk_very_secret"));
    }
}
