package dev.covibe.mcp;

import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The arguments of a call, checked against the tool's shape. All that is wrong is said at once. */
final class Arguments {

    private static final int SHOWN_OF_A_VALUE = 40;

    private final SortedMap<String, Object> values;

    private Arguments(SortedMap<String, Object> values) {
        this.values = values;
    }

    /** @throws Refusal.Invalid {@code arguments.invalid} */
    static Arguments of(ToolShape shape, Map<String, Object> given) {
        SortedMap<String, Object> values = new TreeMap<>();
        List<FieldError> errors = new ArrayList<>();
        given.forEach((name, value) -> {
            Optional<Argument> argument = shape.argument(name);
            if (argument.isEmpty()) {
                errors.add(new FieldError(name, "is not an argument of " + shape.name()));
            } else if (value != null) {
                fault(argument.get(), value)
                        .ifPresentOrElse(
                                fault -> errors.add(new FieldError(name, fault)), () -> values.put(name, value));
            }
        });
        shape.arguments().stream()
                .filter(Argument::required)
                .filter(argument -> given.get(argument.name()) == null)
                .forEach(argument -> errors.add(new FieldError(argument.name(), "is missing: " + argument.wants())));
        if (!errors.isEmpty()) {
            throw Refusal.invalid(
                    "arguments.invalid",
                    errors.stream()
                                    .map(error -> error.pointer() + " " + error.message())
                                    .collect(Collectors.joining("; "))
                            + ".",
                    errors.toArray(FieldError[]::new));
        }
        return new Arguments(values);
    }

    private static Optional<String> fault(Argument argument, Object value) {
        boolean fits =
                switch (argument.kind()) {
                    case TEXT -> value instanceof String;
                    case TEXTS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
                    case NUMBER -> value instanceof Integer;
                    case FLAG -> value instanceof Boolean;
                    case CHOICE ->
                        value instanceof String word && argument.choices().contains(word);
                };
        if (!fits) {
            return Optional.of("must be " + argument.wants() + ", not " + shown(value));
        }
        boolean hasNul = value instanceof List<?> list ? list.stream().anyMatch(Arguments::hasNul) : hasNul(value);
        return hasNul ? Optional.of("must not contain the NUL character") : Optional.empty();
    }

    private static boolean hasNul(Object value) {
        return value instanceof String text && text.indexOf('\0') >= 0;
    }

    private static String shown(Object value) {
        String text = value instanceof String ? "'" + value + "'" : String.valueOf(value);
        return text.length() <= SHOWN_OF_A_VALUE ? text : text.substring(0, SHOWN_OF_A_VALUE) + "…";
    }

    /** Blank counts as absent: agents fill optional arguments with empty strings. */
    Optional<String> text(String name) {
        return Optional.ofNullable((String) values.get(name)).filter(text -> !text.isBlank());
    }

    /** A text that the shape requires. */
    String wanted(String name) {
        return text(name).orElseThrow(() -> Refusal.invalidField(name, name + " must not be empty."));
    }

    List<String> texts(String name) {
        return ((List<?>) values.getOrDefault(name, List.of()))
                .stream().map(String.class::cast).toList();
    }

    Optional<Integer> number(String name) {
        return Optional.ofNullable((Integer) values.get(name));
    }

    Optional<Boolean> flag(String name) {
        return Optional.ofNullable((Boolean) values.get(name));
    }

    Optional<UUID> id(String name) {
        return text(name).map(text -> uuid(name, text));
    }

    List<UUID> ids(String name) {
        return texts(name).stream().map(text -> uuid(name, text)).toList();
    }

    private static UUID uuid(String name, String text) {
        if (text.strip().length() != 36) {
            throw notAnId(name, text);
        }
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException unreadable) {
            throw notAnId(name, text);
        }
    }

    private static Refusal notAnId(String name, String text) {
        return Refusal.invalid(
                "arguments.invalid",
                name + " must be an id as this server gave it out, not " + shown(text) + ".",
                new FieldError(name, "an id"));
    }

    /** What was asked for, but for the key that makes it repeatable. */
    SortedMap<String, Object> request() {
        SortedMap<String, Object> request = new TreeMap<>(values);
        request.remove(ToolShape.IDEMPOTENCY_KEY);
        return request;
    }
}
