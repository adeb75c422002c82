package dev.covibe.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderTest {

    private static final Map<String, String> WORKOS = Map.of(
            "workos.client-id", "client_1",
            "workos.api-key", "sk_1",
            "covibe.hosted-url", "https://co-vibe.example.com/");

    private static Provider of(Map<String, String> settings) {
        return Provider.of(name -> Optional.ofNullable(settings.get(name)));
    }

    @Test
    void every_missing_key_is_named_by_its_variable() {
        assertThat(of(Map.of()))
                .isInstanceOfSatisfying(Provider.Incomplete.class, incomplete -> assertThat(incomplete.missing())
                        .containsExactly("WORKOS_CLIENT_ID", "WORKOS_API_KEY", "COVIBE_HOSTED_URL"));
        assertThat(of(Map.of("covibe.oidc.issuer", "https://login.example.com", "covibe.oidc.client-id", " ")))
                .isInstanceOfSatisfying(Provider.Incomplete.class, incomplete -> assertThat(incomplete.missing())
                        .containsExactly("COVIBE_OIDC_CLIENT_ID", "COVIBE_OIDC_CLIENT_SECRET", "COVIBE_HOSTED_URL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "co-vibe.example.com",
                "https://co-vibe.example.com/callback",
                "https://co-vibe.example.com?x=1",
                "https://user:secret@co-vibe.example.com",
                "ftp://co-vibe.example.com"
            })
    void an_address_that_is_no_bare_origin_signs_nobody_in(String address) {
        Map<String, String> settings = new HashMap<>(WORKOS);
        settings.put("covibe.hosted-url", address);
        assertThat(of(settings)).isInstanceOf(Provider.Incomplete.class);
    }

    @Test
    void both_spellings_of_the_issuer_are_taken_until_one_is_set() {
        var open = (Provider.Workos) of(WORKOS);
        assertThat(open.origin()).isEqualTo("https://co-vibe.example.com");
        assertThat(open.isIssuer("https://api.workos.com")).isTrue();
        assertThat(open.isIssuer("https://api.workos.com/user_management/client_1"))
                .isTrue();
        assertThat(open.isIssuer("https://api.workos.com/user_management/client_2"))
                .isFalse();

        Map<String, String> settings = new HashMap<>(WORKOS);
        settings.put("workos.issuer", "https://login.example.com");
        var set = (Provider.Workos) of(settings);
        assertThat(set.isIssuer("https://login.example.com")).isTrue();
        assertThat(set.isIssuer("https://api.workos.com")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, 127.0.0.1, 8080, ''",
        "http://localhost:3000, 127.0.0.1, 8080, port 8080",
        "http://localhost, 127.0.0.1, 8080, port 8080",
        "http://10.0.0.7:8080, 127.0.0.1, 8080, address 127.0.0.1",
        "http://10.0.0.7:8080, 0.0.0.0, 8080, ''",
        "https://co-vibe.example.com, 0.0.0.0, 8080, ''",
        "https://co-vibe.example.com/callback, 0.0.0.0, 8080, not the bare origin"
    })
    void a_callback_that_leads_elsewhere_is_named(String url, String host, int port, String says) {
        Optional<String> warning = Provider.wrongCallback(url, host, port);
        if (says.isEmpty()) {
            assertThat(warning).isEmpty();
        } else {
            assertThat(warning.orElseThrow()).contains(says);
        }
    }
}
