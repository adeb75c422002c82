package dev.covibe.work;

import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a task's fields may hold (WRK-2). All that is wrong is said at once. */
final class PlanRules {

    static final int LONGEST_TITLE = 200;
    static final int LONGEST_TEXT = 20_000;

    private static final int MOST_ITEMS = 50;
    private static final int LONGEST_ITEM = 300;
    private static final int LONGEST_BRANCH = 250;
    private static final int MOST_MINUTES = 100_000;

    private final List<FieldError> errors = new ArrayList<>();

    /** @throws Refusal.Invalid with every field that is wrong */
    static void check(TaskPlan plan) {
        PlanRules rules = new PlanRules();
        rules.title(plan.title());
        rules.text("/description", plan.description().orElse(""));
        rules.items("/labels", plan.labels());
        rules.items("/paths", plan.paths());
        rules.items("/references", plan.references());
        rules.items("/depends_on", plan.dependsOn());
        plan.branch().ifPresent(rules::branch);
        plan.estimateMinutes().ifPresent(minutes -> rules.estimate(minutes, 1));
        rules.refuse();
    }

    /** @throws Refusal.Invalid with every field that is wrong */
    static void check(TaskEdit edit) {
        PlanRules rules = new PlanRules();
        edit.title().ifPresent(title -> rules.title(TaskPlan.oneLine(title)));
        edit.description().ifPresent(text -> rules.text("/description", text));
        edit.labels().ifPresent(items -> rules.items("/labels", items));
        edit.paths().ifPresent(items -> rules.items("/paths", items));
        edit.references().ifPresent(items -> rules.items("/references", items));
        edit.dependsOn().ifPresent(items -> rules.items("/depends_on", items));
        edit.branch().ifPresent(rules::branch);
        edit.estimateMinutes().ifPresent(minutes -> rules.estimate(minutes, 0));
        rules.refuse();
    }

    /** @throws Refusal.Invalid with every field that is wrong */
    static void check(WorkstreamEdit edit) {
        PlanRules rules = new PlanRules();
        edit.name().ifPresent(name -> rules.name(TaskPlan.oneLine(name)));
        edit.goal().ifPresent(text -> rules.text("/goal", text));
        edit.paths().ifPresent(items -> rules.items("/paths", items));
        edit.targetDate().ifPresent(PlanRules::date);
        rules.refuse();
    }

    /** @throws Refusal.Invalid unless it is empty or a date of the calendar */
    static Optional<LocalDate> date(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(LocalDate.parse(text.strip()));
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField("/target_date", "A date is written yyyy-mm-dd.");
        }
    }

    private void name(String name) {
        if (name.isEmpty() || name.length() > LONGEST_TITLE) {
            wrong("/name", "a name of 1 to " + LONGEST_TITLE + " characters");
        }
    }

    /** @throws Refusal.Invalid with every field that is wrong */
    static void check(WorkstreamPlan plan) {
        PlanRules rules = new PlanRules();
        rules.name(plan.name());
        rules.text("/goal", plan.goal().orElse(""));
        rules.items("/paths", plan.paths());
        rules.refuse();
    }

    /** A summary as it is kept; refuses one that is too long. */
    static String summary(String summary) {
        if (summary.length() > LONGEST_TEXT) {
            throw Refusal.invalidField("/summary", "A summary has at most " + LONGEST_TEXT + " characters.");
        }
        return summary.strip();
    }

    /** The repository's identity; an empty text names none. */
    static Optional<String> repository(Optional<String> remote) {
        return remote.map(String::strip).filter(text -> !text.isEmpty()).map(text -> RepositoryIdentity.of(text)
                .orElseThrow(() -> Refusal.invalidField(
                        "/repository",
                        "'" + text + "' is not a repository's remote, such as https://github.com/acme/web."))
                .name());
    }

    private void title(String title) {
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            wrong("/title", "a title of 1 to " + LONGEST_TITLE + " characters");
        }
    }

    private void text(String pointer, String text) {
        if (text.length() > LONGEST_TEXT) {
            wrong(pointer, "at most " + LONGEST_TEXT + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            wrong(pointer, "no NUL characters");
        }
    }

    private void items(String pointer, List<String> items) {
        if (items.size() > MOST_ITEMS) {
            wrong(pointer, "at most " + MOST_ITEMS + " entries");
        }
        for (int i = 0; i < items.size(); i++) {
            // JSON may hold a null here.
            String item = items.get(i) == null ? "" : items.get(i);
            if (item.isBlank() || item.length() > LONGEST_ITEM) {
                wrong(pointer + "/" + i, "1 to " + LONGEST_ITEM + " characters");
            }
            refuseControlCharacters(pointer + "/" + i, item);
        }
    }

    private void branch(String branch) {
        if (branch.length() > LONGEST_BRANCH) {
            wrong("/branch", "at most " + LONGEST_BRANCH + " characters");
        }
        refuseControlCharacters("/branch", branch);
    }

    private void estimate(int minutes, int least) {
        if (minutes < least || minutes > MOST_MINUTES) {
            wrong("/estimate_minutes", least + " to " + MOST_MINUTES + " minutes");
        }
    }

    private void refuseControlCharacters(String pointer, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            wrong(pointer, "one line without control characters");
        }
    }

    private void wrong(String pointer, String wanted) {
        errors.add(new FieldError(pointer, wanted));
    }

    private void refuse() {
        if (!errors.isEmpty()) {
            String detail = "Some fields are not as they must be: "
                    + String.join(
                            "; ",
                            errors.stream()
                                    .map(error -> error.pointer() + " wants " + error.message())
                                    .toList())
                    + ".";
            throw Refusal.invalid("request.invalid", detail, errors.toArray(FieldError[]::new));
        }
    }
}
