package dev.covibe.identity;

import dev.covibe.platform.problem.Refusal;
import java.util.Optional;

/** What people, companies, workspaces and tokens are called: 1 to 120 characters, without blanks around them. */
public final class Name {

    private static final int LONGEST = 120;

    private Name() {}

    /**
     * @param pointer where the request said it, such as {@code /name}
     * @param owner who is called so, with an article: "A workspace"
     * @throws Refusal.Invalid when it is empty or too long
     */
    public static String of(String pointer, String owner, String said) {
        return read(said)
                .orElseThrow(() ->
                        Refusal.invalidField(pointer, owner + " needs a name of 1 to " + LONGEST + " characters."));
    }

    /** Empty when it cannot be a name: for what others say, whom nobody here can refuse. */
    public static Optional<String> read(String said) {
        String stripped = said.strip();
        return stripped.isEmpty() || stripped.length() > LONGEST ? Optional.empty() : Optional.of(stripped);
    }
}
