package dev.covibe.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceTest {

    @Test
    void a_limit_is_read_as_an_operator_writes_it() {
        assertThat(Allowance.of(" 1200/1m ")).isEqualTo(new Allowance(1200, Duration.ofMinutes(1)));
        assertThat(Allowance.of("20/24h")).isEqualTo(new Allowance(20, Duration.ofHours(24)));
        assertThat(Allowance.of("off").isOff()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0/1m", "5/0s", "1200", "1200/m", "-1/1m", "1200/1m/2", "many"})
    void anything_else_stops_the_start(String text) {
        assertThatThrownBy(() -> Allowance.of(text)).hasMessageContaining("1200/1m");
    }
}
