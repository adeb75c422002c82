package dev.covibe.site;

/**
 * A page for what went wrong (SIT-4).
 *
 * @param status the HTTP status
 * @param heading what happened, in a few words
 * @param message what it means and what to do
 * @param action where the primary button leads
 * @param actionWord what the primary button says
 * @param retry the address to try again, empty if trying again is of no use
 * @param trace the trace id to report, empty if there is none
 */
public record ErrorView(
        int status, String heading, String message, String action, String actionWord, String retry, String trace) {}
