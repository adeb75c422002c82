package dev.covibe.console.workstreams;

import static dev.covibe.console.frame.Typed.entries;
import static dev.covibe.console.frame.Typed.text;

import dev.covibe.work.TaskEdit;
import dev.covibe.work.TaskPlan;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The planning form as a browser sends it: every field a text, lists one entry a line or after a comma. */
public class PlanInput {

    @FormParam("title")
    @DefaultValue("")
    String title = "";

    @FormParam("description")
    @DefaultValue("")
    String description = "";

    @FormParam("project")
    @DefaultValue("")
    String project = "";

    @FormParam("workstream")
    @DefaultValue("")
    String workstream = "";

    @FormParam("status")
    @DefaultValue("")
    String status = "";

    @FormParam("owner")
    @DefaultValue("")
    String owner = "";

    @FormParam("priority")
    @DefaultValue("")
    String priority = "";

    @FormParam("labels")
    @DefaultValue("")
    String labels = "";

    @FormParam("paths")
    @DefaultValue("")
    String paths = "";

    @FormParam("repository")
    @DefaultValue("")
    String repository = "";

    @FormParam("branch")
    @DefaultValue("")
    String branch = "";

    @FormParam("references")
    @DefaultValue("")
    String references = "";

    @FormParam("dependencies")
    @DefaultValue("")
    String dependencies = "";

    @FormParam("estimate")
    @DefaultValue("")
    String estimate = "";

    @FormParam("target")
    @DefaultValue("")
    String target = "";

    @FormParam("confirmed")
    List<UUID> confirmed = List.of();

    @FormParam("reason")
    @DefaultValue("")
    String reason = "";

    @FormParam("refused")
    @DefaultValue("")
    String refused = "";

    /** Whether the form stands on a refusal, so that its candidates need their confirmation. */
    boolean isRefused() {
        return !refused.isEmpty();
    }

    TaskPlan plan() {
        return new TaskPlan(
                title,
                text(description),
                text(project),
                text(workstream),
                text(status),
                text(owner),
                text(priority),
                entries(labels),
                entries(paths),
                text(repository),
                text(branch),
                entries(references),
                entries(dependencies),
                Estimates.minutes(estimate));
    }

    /** What the form says so far, without refusing what is not finished yet. */
    TaskPlan draft() {
        return new TaskPlan(
                title,
                text(description),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                entries(paths),
                text(repository),
                text(branch),
                entries(references),
                List.of(),
                Optional.empty());
    }

    /** The form shows every field, so every field is set. */
    TaskEdit edit() {
        return new TaskEdit(
                Optional.of(title),
                Optional.of(description),
                Optional.of(workstream),
                Optional.of(owner),
                text(priority),
                Optional.of(entries(labels)),
                Optional.of(entries(paths)),
                Optional.of(repository),
                Optional.of(branch),
                Optional.of(entries(references)),
                Optional.of(entries(dependencies)),
                Optional.of(Estimates.minutes(estimate).orElse(0)));
    }
}
