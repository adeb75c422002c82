package dev.covibe.console.frame;

import dev.covibe.identity.photos.Photos;
import io.quarkus.qute.TemplateData;
import java.util.Locale;
import java.util.Optional;

/**
 * A person or an agent as the console shows them: people round with their initials, agents square with the mark of
 * their kind and always with their owner's handle.
 *
 * @param mark the agent's kind as the icon's name ("agent-codex"), empty for a person
 * @param label "@lin", or "@lin / codex"
 * @param name the full name, shown on hover
 * @param initials one or two letters, empty for an agent
 * @param tint 1 to 6, the same for the same handle everywhere
 * @param photo the address of their photo, empty for whoever has none
 */
@TemplateData
public record Who(String mark, String label, String name, String initials, int tint, String photo) {

    private static final int TINTS = 6;

    /** Stands where nobody owns a thing yet. */
    public static final Who NOBODY = new Who("", "Nobody", "Nobody yet", "", 1, "");

    public static Who person(String handle, String name) {
        return person(handle, name, Optional.empty());
    }

    /** @param photo the hash of their photo */
    public static Who person(String handle, String name, Optional<String> photo) {
        return new Who(
                "",
                "@" + handle,
                name,
                initials(name.isBlank() ? handle : name),
                tint(handle),
                photo.map(hash -> Photos.address(hash, Photos.SMALL)).orElse(""));
    }

    /** An agent of the kinds that IDN-7 names; any other kind carries the mark of "other". */
    public static Who agent(String handle, String name, String agentType) {
        String mark =
                switch (agentType) {
                    case "claude-code", "codex", "cursor", "gemini-cli" -> "agent-" + agentType;
                    default -> "agent-other";
                };
        return new Who(mark, "@" + handle + " / " + agentType, name + ", through " + agentType, "", tint(handle), "");
    }

    public boolean isAgent() {
        return !mark.isEmpty();
    }

    public boolean isNobody() {
        return this == NOBODY;
    }

    private static String initials(String name) {
        String[] words = name.strip().split("\\s+");
        String first = firstLetter(words[0]);
        return words.length == 1 ? first : first + firstLetter(words[words.length - 1]);
    }

    private static String firstLetter(String word) {
        return word.isEmpty()
                ? ""
                : word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
    }

    private static int tint(String handle) {
        return Math.floorMod(handle.hashCode(), TINTS) + 1;
    }
}
