package dev.covibe.ops;

/**
 * One line of {@code doctor}.
 *
 * @param what what was looked at, one or two words
 * @param says what was found, and for a warning or failure what mends it
 */
record Finding(Level level, String what, String says) {

    enum Level {
        OK("ok     "),
        WARNING("warning"),
        FAILURE("failure");

        private final String word;

        Level(String word) {
            this.word = word;
        }
    }

    static Finding ok(String what, String says) {
        return new Finding(Level.OK, what, says);
    }

    static Finding warning(String what, String says) {
        return new Finding(Level.WARNING, what, says);
    }

    static Finding failure(String what, String says) {
        return new Finding(Level.FAILURE, what, says);
    }

    boolean isFailure() {
        return level == Level.FAILURE;
    }

    String text() {
        return level.word + "  " + what + ": " + says;
    }
}
