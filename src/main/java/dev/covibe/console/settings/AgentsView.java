package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * The managed agents of the workspace (AGT-7).
 *
 * @param days how many days their figures look back
 */
public record AgentsView(int days, List<Agent> agents, List<Choice> types, Filled form) {

    /**
     * One agent. A figure of which nothing is known is empty, and shown as a dash.
     *
     * @param status empty for an active one
     * @param sessionsAddress the list of its sessions
     * @param coverage how many sessions the cost is divided by, empty if all
     * @param hours in session, empty if less than a tenth
     * @param mine whether the reader may change it
     */
    public record Agent(
            String id,
            Who who,
            String name,
            String type,
            String purpose,
            String status,
            List<When> seen,
            String sessions,
            String open,
            String sessionsAddress,
            String utilisation,
            String hours,
            String completion,
            String callErrors,
            String toolErrors,
            String costPerSession,
            String coverage,
            String cost,
            boolean mine,
            List<Choice> statuses) {}
}
