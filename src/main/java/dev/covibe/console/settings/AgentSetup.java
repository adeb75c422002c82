package dev.covibe.console.settings;

import dev.covibe.identity.AgentType;
import java.util.List;

/** How each kind of agent is connected (CON-7): a command where the agent has one, else the file it reads. */
public final class AgentSetup {

    /** Stands in the commands until a token is made. */
    public static final String PLACEHOLDER = "cvb_YOUR_TOKEN";

    private AgentSetup() {}

    /** Connects every agent of a machine at once. */
    public static String companion(String origin) {
        return "npm install --save-dev " + origin + "/downloads/co-vibe.tgz\nnpm exec -- covibe-local setup --base-url "
                + origin;
    }

    public static String claudeCommand(String endpoint, String token) {
        return "claude mcp add --transport http --scope user covibe " + endpoint + " --header \"Authorization: Bearer "
                + token + "\"";
    }

    public static SettingsView.Setup of(AgentType agent, String endpoint, String token) {
        List<SettingsView.Step> steps =
                switch (agent) {
                    case CLAUDE_CODE -> claude(endpoint, token);
                    case CODEX -> codex(endpoint, token);
                    case CURSOR -> cursor(endpoint, token);
                    case GEMINI_CLI -> gemini(endpoint, token);
                    case OTHER -> other(endpoint, token);
                };
        return new SettingsView.Setup(agent.title(), steps);
    }

    private static List<SettingsView.Step> claude(String endpoint, String token) {
        return List.of(
                new SettingsView.Step("1", make(AgentType.CLAUDE_CODE, token), "", ""),
                new SettingsView.Step(
                        "2", "Add the server, for all your repositories.", "", claudeCommand(endpoint, token)),
                new SettingsView.Step("3", "Look whether it is connected.", "", "claude mcp list"));
    }

    private static List<SettingsView.Step> codex(String endpoint, String token) {
        return List.of(
                new SettingsView.Step("1", make(AgentType.CODEX, token), "", ""),
                new SettingsView.Step(
                        "2", "Keep the token in your shell's start file.", "", "export COVIBE_TOKEN=" + token),
                new SettingsView.Step(
                        "3",
                        "Add the server.",
                        "",
                        "codex mcp add covibe --url " + endpoint + " --bearer-token-env-var COVIBE_TOKEN"));
    }

    private static List<SettingsView.Step> cursor(String endpoint, String token) {
        return List.of(
                new SettingsView.Step("1", make(AgentType.CURSOR, token), "", ""),
                new SettingsView.Step("2", "Add the server to", "~/.cursor/mcp.json", """
                        {
                          "mcpServers": {
                            "covibe": {
                              "url": "%s",
                              "headers": { "Authorization": "Bearer %s" }
                            }
                          }
                        }""".formatted(endpoint, token)),
                new SettingsView.Step("3", "Switch it on in Cursor's settings, under MCP.", "", ""));
    }

    private static List<SettingsView.Step> gemini(String endpoint, String token) {
        return List.of(
                new SettingsView.Step("1", make(AgentType.GEMINI_CLI, token), "", ""),
                new SettingsView.Step(
                        "2", "Add the server to", "~/.gemini/settings.json", """
                        {
                          "mcpServers": {
                            "covibe": {
                              "httpUrl": "%s",
                              "headers": { "Authorization": "Bearer %s" }
                            }
                          }
                        }""".formatted(endpoint, token)),
                new SettingsView.Step("3", "Look whether it is connected, inside Gemini CLI.", "", "/mcp"));
    }

    private static List<SettingsView.Step> other(String endpoint, String token) {
        return List.of(
                new SettingsView.Step("1", make(AgentType.OTHER, token), "", ""),
                new SettingsView.Step("2", "Give the agent this address, as a streamable HTTP server.", "", endpoint),
                new SettingsView.Step("3", "And this header.", "", "Authorization: Bearer " + token));
    }

    private static String make(AgentType agent, String token) {
        return token.equals(PLACEHOLDER)
                ? "Create a token of the kind " + agent.title() + " below; the steps then show it in place."
                : "Your new token stands in the steps below.";
    }
}
