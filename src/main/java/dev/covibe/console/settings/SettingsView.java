package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * The first section of settings: connecting agents, and their tokens (CON-7).
 *
 * @param companion the commands that connect a whole machine
 * @param agents the kinds of agents; one of them is current
 * @param setup how to connect the current one
 * @param fresh the token just made, whole and for the only time; empty otherwise
 * @param freshName its name
 */
public record SettingsView(
        String companion,
        List<Agent> agents,
        Setup setup,
        String fresh,
        String freshName,
        List<Token> tokens,
        List<Choice> agentTypes,
        List<Choice> lifetimes,
        Filled form) {

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
}
