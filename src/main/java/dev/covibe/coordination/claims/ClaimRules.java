package dev.covibe.coordination.claims;

import dev.covibe.overlap.Globs;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A claim's fields as they are kept (CRD-3). All that is wrong is said at once.
 *
 * @param repository normalised; present exactly when there are paths
 * @param paths without {@code ./} and doubles
 */
record ClaimRules(
        Optional<String> repository,
        List<String> paths,
        int minutes,
        Optional<String> reason,
        Optional<String> override) {

    static final int USUAL_MINUTES = 120;

    private static final int MOST_MINUTES = 24 * 60;
    private static final int MOST_PATHS = 50;
    private static final int LONGEST_PATH = 300;
    private static final int LONGEST_TEXT = 500;

    /** @throws Refusal.Invalid with every field that is wrong */
    static ClaimRules check(ClaimRequest request) {
        List<FieldError> errors = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < request.paths().size(); i++) {
            String path = request.paths().get(i).strip();
            if (path.isEmpty() || path.length() > LONGEST_PATH || path.chars().anyMatch(Character::isISOControl)) {
                errors.add(new FieldError("/paths/" + i, "a glob of 1 to " + LONGEST_PATH + " characters"));
            } else if (Arrays.asList(path.split("[/\\\\]")).contains("..") || path.matches("[A-Za-z]:[/\\\\].*")) {
                errors.add(new FieldError("/paths/" + i, "relative to the repository's root, without .."));
            } else {
                paths.add(Globs.normal(path));
            }
        }
        if (request.paths().size() > MOST_PATHS) {
            errors.add(new FieldError("/paths", "at most " + MOST_PATHS + " paths"));
        }
        if (request.paths().isEmpty() && request.task().isEmpty()) {
            errors.add(new FieldError("/paths", "paths of a repository, or a task"));
        }
        Optional<String> repository = request.repository().map(String::strip).filter(text -> !text.isEmpty());
        Optional<String> identity = repository.flatMap(RepositoryIdentity::of).map(RepositoryIdentity::name);
        if (identity.isEmpty() && (repository.isPresent() || !request.paths().isEmpty())) {
            errors.add(new FieldError("/repository", "a repository's remote, such as https://github.com/acme/web"));
        }
        int minutes = request.minutes().orElse(USUAL_MINUTES);
        if (minutes < 1 || minutes > MOST_MINUTES) {
            errors.add(new FieldError("/minutes", "1 to " + MOST_MINUTES));
        }
        Optional<String> reason = text("/reason", request.reason(), errors);
        Optional<String> override = text("/override", request.override(), errors);
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "request.invalid",
                    "This cannot be claimed: "
                            + String.join(
                                    "; ",
                                    errors.stream()
                                            .map(error -> error.pointer() + " wants " + error.message())
                                            .toList())
                            + ".",
                    errors.toArray(FieldError[]::new));
        }
        return new ClaimRules(
                paths.isEmpty() ? Optional.empty() : identity,
                paths.stream().distinct().toList(),
                minutes,
                reason,
                override);
    }

    private static Optional<String> text(String pointer, Optional<String> value, List<FieldError> errors) {
        Optional<String> text = value.map(String::strip).filter(some -> !some.isEmpty());
        text.filter(some -> some.length() > LONGEST_TEXT || some.indexOf('\0') >= 0)
                .ifPresent(_ -> errors.add(new FieldError(pointer, "at most " + LONGEST_TEXT + " characters")));
        return text;
    }
}
