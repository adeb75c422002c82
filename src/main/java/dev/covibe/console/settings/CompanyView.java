package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * The company and its workspaces.
 *
 * @param open the workspace that stands open, because something was just done in it; empty otherwise
 * @param error what went wrong with a workspace, empty otherwise
 */
public record CompanyView(
        boolean admin, String name, List<Workspace> workspaces, Filled form, String open, String error) {

    /**
     * @param people who may work there; empty where the reader is no admin
     * @param others who could be let in
     */
    public record Workspace(
            String id,
            String name,
            String slug,
            int members,
            boolean archived,
            When since,
            List<Person> people,
            List<Choice> others) {}

    public record Person(String id, Who who, String name) {}
}
