package dev.covibe.ops.canary;

/**
 * One thing that a hosted server must do or refuse.
 *
 * @param name two to five words, the same in every run
 */
record Probe(String name, Look look) {

    /** Asks the server. */
    @FunctionalInterface
    interface Look {

        /**
         * @return what was found, in a few words
         * @throws dev.covibe.ops.Failure when it is not as it must be, in one sentence with what to do
         */
        String take(Remote remote);
    }
}
