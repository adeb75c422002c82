package dev.covibe.identity.oidc;

/** A sign-in that did not come about. Nobody is signed in by half. */
public class SignInFailure extends RuntimeException {

    /** What a person can be told, and so what they can do. */
    public enum Kind {
        /** The answer belongs to no sign-in of this browser: too old, used before, tampered with, or another browser's. */
        STALE,
        /** The provider said no, or the person changed their mind. */
        DECLINED,
        /** The provider's answer cannot be trusted. */
        UNTRUSTED,
        /** The provider does not answer, or answers nonsense. */
        UNREACHABLE,
        /** The provider does not vouch for the email. */
        UNVERIFIED
    }

    private final Kind kind;

    SignInFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    SignInFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
