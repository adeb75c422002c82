package dev.covibe.site;

import dev.covibe.identity.oidc.SignInFailure;

/**
 * A sign-in that did not come about, as a person is told of it.
 *
 * @param status the HTTP status
 * @param hint one more sentence of help, empty where there is none
 */
public record Failed(int status, String heading, String message, String hint) {

    static Failed of(SignInFailure failure, String origin) {
        return switch (failure.kind()) {
            case STALE ->
                new Failed(
                        400,
                        "This sign-in is over",
                        "It took too long, was used already, or began in another browser. Nobody was signed in.",
                        "This server signs people in at " + origin + ". If the address above says something else, open"
                                + " that one.");
            case DECLINED ->
                new Failed(403, "You are not signed in", "The sign-in was broken off before it was finished.", "");
            case UNTRUSTED ->
                new Failed(
                        502,
                        "The sign-in service's answer was refused",
                        "It does not fit what this server expects of it, so nobody was signed in.",
                        "Whoever runs this server finds the reason in its log.");
            case UNREACHABLE ->
                new Failed(
                        503,
                        "The sign-in service does not answer",
                        "Nothing of yours is lost, and agents go on with their tokens. Try again in a moment.",
                        "Whoever runs this server finds the reason in its log.");
            case UNVERIFIED ->
                new Failed(
                        403,
                        "Verify your email first",
                        "The sign-in service does not vouch for your email address yet, and people are known here by it.",
                        "Look for its message in your mailbox, then sign in again.");
        };
    }
}
