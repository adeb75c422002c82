package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.When;
import java.util.List;
import java.util.Optional;

/**
 * What the reader says of themselves, and what is recorded about them.
 *
 * @param photo the address of the large photo, empty without one
 * @param photoError what was wrong with the picture just sent, empty otherwise
 * @param themes how the console may look to this browser
 */
public record ProfileView(
        String email, String photo, String photoError, List<Choice> themes, Filled form, List<Kept> kept) {

    /** @param latest when the newest was recorded */
    public record Kept(String what, String detail, String count, Optional<When> latest) {}
}
