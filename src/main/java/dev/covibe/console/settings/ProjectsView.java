package dev.covibe.console.settings;

import dev.covibe.console.frame.Filled;
import java.util.List;

/** The projects of the workspace, in the settings (CON-7). */
public record ProjectsView(List<Project> projects, Filled form) {

    /** A project with its repositories and the number of its open tasks. */
    public record Project(String key, String name, List<String> repositories, String tasks) {}
}
