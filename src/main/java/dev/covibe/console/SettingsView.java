package dev.covibe.console;

import java.util.List;
import java.util.Map;

/**
 * The page of settings: connecting agents, tokens, projects (CON-7).
 *
 * @param agents the kinds of agents; one of them is current
 * @param setup how to connect the current one
 * @param fresh the token just made, whole and for the only time; empty otherwise
 * @param freshName its name
 * @param errors message by field name, prefixed by its form: "token.name", "project.key"
 * @param typed what was typed before, by the same names
 */
public record SettingsView(
        List<Agent> agents,
        Setup setup,
        String fresh,
        String freshName,
        List<Token> tokens,
        List<Choice> agentTypes,
        List<Choice> lifetimes,
        List<Project> projects,
        Map<String, String> errors,
        Map<String, String> typed) {

    /** A kind of agent that can be connected. */
    public record Agent(String type, String name, boolean current) {

        public String mark() {
            return "agent-" + type;
        }
    }

    /** Numbered steps, each a sentence and something to copy. */
    public record Setup(String name, List<Step> steps) {}

    /**
     * One step.
     *
     * @param where the file it belongs to, empty for a command
     * @param block what is copied
     */
    public record Step(String number, String text, String where, String block) {}

    /**
     * A token of the reader's own.
     *
     * @param hint the end of it that may be shown, to tell it from others
     * @param agent the mark of its kind; nobody for a token of no kind
     * @param kind the kind in words
     * @param used when it was last used, in words and coarse
     * @param ends when it stops working, in words
     * @param over whether it is expired or revoked
     */
    public record Token(
            String id,
            String name,
            String hint,
            Who agent,
            String kind,
            String workspace,
            When created,
            String used,
            String ends,
            boolean over) {}

    /** A project with its repositories and the number of its open tasks. */
    public record Project(String key, String name, List<String> repositories, String tasks) {}

    /** The message beside one field, empty if the field is in order. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }

    /** What was typed into one field before, empty at first. */
    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }
}
