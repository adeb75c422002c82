package dev.covibe.site;

import java.util.List;

/** What the pages of the device flow show (IDN-8). */
public final class AuthorizeView {

    private AuthorizeView() {}

    /**
     * The form for the code.
     *
     * @param error why the last code was refused, empty if there was none
     */
    public record Code(String typed, String error) {}

    /**
     * Who asks, and the two answers.
     *
     * @param asked in words: "2 minutes ago"
     * @param email as whom the machine would act
     * @param error why the last answer was not taken, empty if there was none
     */
    public record Decide(
            String userCode,
            String host,
            String address,
            String asked,
            List<String> agents,
            List<Seat> seats,
            String email,
            String error) {}

    /** A workspace that the machine may be given. */
    public record Seat(String id, String name, boolean chosen) {}

    /** @param workspace with its company */
    public record Decided(boolean approved, String host, String workspace) {}
}
