package dev.covibe.identity.workos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkosAccountTest {

    @Test
    void workos_is_told_nothing_where_another_provider_signs_people_in() {
        Optional<String> key = Optional.of("sk_test_of_nobody");
        Optional<String> other = Optional.of("https://login.example.com");

        assertThat(WorkosAccount.isThere(AuthMode.WORKOS, key, Optional.empty()))
                .isTrue();
        assertThat(WorkosAccount.isThere(AuthMode.WORKOS, key, Optional.of(" ")))
                .isTrue();
        assertThat(WorkosAccount.isThere(AuthMode.WORKOS, key, other)).isFalse();
        assertThat(WorkosAccount.isThere(AuthMode.WORKOS, Optional.of(" "), Optional.empty()))
                .isFalse();
        assertThat(WorkosAccount.isThere(AuthMode.LOCAL, key, Optional.empty())).isFalse();
    }
}
