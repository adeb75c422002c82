package dev.covibe.coordination.decisions;

import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a question and a decision may look like. All that is wrong is said at once. */
final class DecisionRules {

    private static final int LONGEST_QUESTION = 2_000;
    private static final int LONGEST_CHOICE = 2_000;
    private static final int LONGEST_REASON = 20_000;
    private static final int MOST_OPTIONS = 20;
    private static final int LONGEST_OPTION = 300;
    private static final int MOST_TASKS = 20;
    private static final int LONGEST_WORDS = 500;

    private DecisionRules() {}

    /** @throws Refusal.Invalid with every field that is wrong */
    static NewDecision check(NewDecision decision) {
        List<FieldError> errors = new ArrayList<>();
        String question = decision.question().strip();
        length(errors, "/question", question, LONGEST_QUESTION);
        List<String> options =
                decision.options().stream().map(String::strip).distinct().toList();
        if (options.size() > MOST_OPTIONS) {
            errors.add(new FieldError("/options", "at most " + MOST_OPTIONS));
        }
        options.forEach(option -> length(errors, "/options", option, LONGEST_OPTION));
        if (decision.tasks().size() > MOST_TASKS) {
            errors.add(new FieldError("/tasks", "at most " + MOST_TASKS));
        }
        Optional<String> choice = tidy(decision.choice());
        Optional<String> reason = tidy(decision.reason());
        checkChoice(errors, choice, reason);
        refuse(errors);
        return new NewDecision(question, options, decision.tasks(), tidy(decision.needs()), choice, reason);
    }

    /** @throws Refusal.Invalid with every field that is wrong */
    static void check(Optional<String> choice, Optional<String> reason) {
        List<FieldError> errors = new ArrayList<>();
        if (choice.isEmpty()) {
            errors.add(new FieldError("/choice", "1 to " + LONGEST_CHOICE + " characters"));
        }
        checkChoice(errors, choice, reason);
        refuse(errors);
    }

    private static void checkChoice(List<FieldError> errors, Optional<String> choice, Optional<String> reason) {
        choice.ifPresent(some -> length(errors, "/choice", some, LONGEST_CHOICE));
        reason.ifPresent(some -> length(errors, "/reason", some, LONGEST_REASON));
    }

    private static void length(List<FieldError> errors, String pointer, String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            errors.add(new FieldError(pointer, "1 to " + longest + " characters"));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw Refusal.invalid("decision.invalid", "This decision has a fault.", errors.toArray(FieldError[]::new));
        }
    }

    static Optional<String> tidy(Optional<String> text) {
        return text.map(String::strip).filter(some -> !some.isEmpty());
    }

    /** By which the same question is known again: its words, whatever their case, punctuation and spacing. */
    static String words(String question) {
        String words = Arrays.stream(question.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS);
    }
}
