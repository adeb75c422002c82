package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostedOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://co-vibe.example.com,https://co-vibe.example.com",
        "https://co-vibe.example.com/,https://co-vibe.example.com",
        "https://co-vibe.example.com///,https://co-vibe.example.com",
        "HTTPS://Co-Vibe.Example.COM:443/,https://co-vibe.example.com",
        "https://co-vibe.example.com:8443,https://co-vibe.example.com:8443",
        "https://93.184.216.34,https://93.184.216.34",
        "https://10xdev.com,https://10xdev.com",
    })
    void an_origin_is_taken_and_tidied(String given, String origin) {
        assertThat(HostedOrigin.parse(given).text()).isEqualTo(origin);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|No hosted origin was given",
                "co-vibe.example.com|is not an origin",
                "ftp://co-vibe.example.com|is not an origin",
                "https://co vibe|is not an address",
                "http://co-vibe.example.com|is not HTTPS",
                "https://lin:secret@co-vibe.example.com|carries credentials",
                "https://token@co-vibe.example.com|carries credentials",
                "https://co-vibe.example.com/callback|is the callback and not the origin",
                "https://co-vibe.example.com/callback/|is the callback and not the origin",
                "https://co-vibe.example.com/workstreams|has the path /workstreams",
                "https://co-vibe.example.com?x=1|carries a query",
                "https://co-vibe.example.com/#top|carries a hash",
                "https://localhost|is this machine",
                "https://app.localhost:8443|is this machine",
                "https://127.0.0.1:8443|is this machine",
                "https://127.9.9.9|is this machine",
                "https://2130706433|is this machine",
                "https://0x7f.1|is not an origin",
                "https://[::1]|is this machine",
                "https://0.0.0.0|is this machine",
                "https://10.1.2.3|is in a private network",
                "https://172.20.0.1|is in a private network",
                "https://192.168.1.9|is in a private network",
                "https://169.254.169.254|is in a private network",
                "https://100.64.0.7|is in a private network",
                "https://[fd00::1]|is in a private network",
                "https://[fe80::1]|is in a private network",
                "https://[::ffff:10.0.0.1]|is in a private network",
                "https://covibe|is in a private network",
                "https://covibe.internal|is in a private network",
                "https://covibe.local.|is in a private network",
                "https://a1b2.ngrok-free.app|is a temporary tunnel of ngrok-free.app",
                "https://x.trycloudflare.com|is a temporary tunnel of trycloudflare.com",
                "https://x.loca.lt|is a temporary tunnel of loca.lt",
            })
    void whatever_else_an_address_carries_is_refused_in_a_sentence_of_its_own(String given, String sentence) {
        assertThatThrownBy(() -> HostedOrigin.parse(given))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(sentence)
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void credentials_are_not_repeated() {
        assertThatThrownBy(() -> HostedOrigin.parse("https://lin:hunter2@co-vibe.example.com"))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1:8443", "http://localhost:8160", "https://[::1]:8443/"})
    void a_rehearsal_allows_this_machine(String given) {
        assertThat(HostedOrigin.rehearsal(given).isLocal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://10.1.2.3", "http://co-vibe.example.com", "https://x.ngrok.io"})
    void a_rehearsal_allows_nothing_more_than_that(String given) {
        assertThatThrownBy(() -> HostedOrigin.rehearsal(given)).isInstanceOf(Failure.class);
    }

    @Test
    void the_command_refuses_before_it_asks_anybody_and_says_wrong_usage() {
        assertThat(CovibeCommand.run(new Environment(Map.of()), "canary")).isEqualTo(ExitCodes.USAGE);
        assertThat(CovibeCommand.run(new Environment(Map.of()), "canary", "https://localhost"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(CovibeCommand.run(new Environment(Map.of("COVIBE_HOSTED_URL", "http://a.example")), "canary"))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(CovibeCommand.run(
                        new Environment(Map.of()), "canary", "--rehearsal", "--timeout", "1", "http://127.0.0.1:1"))
                .isEqualTo(ExitCodes.FAILED);
    }
}
