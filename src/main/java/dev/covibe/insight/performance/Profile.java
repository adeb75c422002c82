package dev.covibe.insight.performance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * One developer, looked at closely (CON-3).
 *
 * @param trends as of the team, of this developer alone
 * @param grid each metric on each day of half a year
 */
@RegisterForReflection
public record Profile(
        Span span,
        DevelopersReport.Developer developer,
        List<Trend> trends,
        List<Overview.GridDay> grid,
        List<AgentsReport.Agent> agents,
        List<AgentsReport.Spend> byModel,
        List<AgentsReport.Spend> byTask) {}
