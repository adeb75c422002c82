package dev.covibe.ops.readiness;

/**
 * One step on the way to a handoff.
 *
 * @param name one to three words
 * @param does what it does, for whoever waits for it
 */
record Step(String name, String does, Action action) {

    /** The work of a step. */
    @FunctionalInterface
    interface Action {

        /**
         * @return what was found, in a few words
         * @throws dev.covibe.ops.Failure when there is no point in going on, in one sentence with what to do
         */
        String take();
    }
}
