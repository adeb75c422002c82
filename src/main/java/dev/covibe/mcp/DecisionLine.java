package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.coordination.decisions.DecisionView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A decision in few words.
 *
 * @param choice absent while it is open
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record DecisionLine(
        UUID id,
        String question,
        Optional<String> choice,
        Optional<String> reason,
        Optional<String> by,
        List<String> tasks) {

    private static final int LONGEST = 300;

    static DecisionLine of(DecisionView decision) {
        return new DecisionLine(
                decision.id(),
                cut(decision.question()),
                decision.choice().map(DecisionLine::cut),
                decision.reason().map(DecisionLine::cut),
                decision.decidedBy(),
                decision.tasks());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    static String lines(List<DecisionLine> decisions) {
        return decisions.stream()
                .map(decision -> "\n- " + decision.question + " "
                        + decision.choice.map(choice -> "→ " + choice).orElse("(open, " + decision.id + ")")
                        + decision.reason.map(why -> " (" + why + ")").orElse("")
                        + decision.by.map(handle -> ", @" + handle).orElse(""))
                .collect(Collectors.joining());
    }
}
