package dev.covibe.console.sessions;

import java.util.List;

/**
 * The part of a page that shows sessions and what they cost.
 *
 * @param total all that was used on what the page is about, by whichever session
 * @param lines the sessions, each with what it used on it
 * @param aside what these sessions used while they were on no task; empty if nothing
 * @param cut whether there are more sessions than are shown
 */
public record SessionsPart(Spend total, List<SessionLine> lines, String aside, boolean cut) {}
