package dev.covibe.agents.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** What its people say of an agent. It keeps nobody from working: it says whether its figures are of interest. */
public enum AgentStatus {
    ACTIVE("Active"),
    PAUSED("Paused"),
    RETIRED("Retired");

    private final String title;

    AgentStatus(String title) {
        this.title = title;
    }

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** @throws Refusal.Invalid {@code agent.status-unknown} */
    @JsonCreator
    public static AgentStatus of(String key) {
        return Arrays.stream(values())
                .filter(status -> status.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "agent.status-unknown",
                        "There is no agent status '" + key + "'. Known: active, paused, retired.",
                        new FieldError("/status", "one of active, paused, retired")));
    }
}
