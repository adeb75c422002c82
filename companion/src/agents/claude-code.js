// Claude Code: ~/.claude.json for the MCP server, ~/.claude/settings.json for hooks and telemetry.
import { join } from "node:path";
import { userHome } from "../home.js";
import { drop, put, valueAt } from "../jsonc-edit.js";
import { NotUnderstood } from "../problem.js";
import { dropGroups, putGroups } from "./hook-entries.js";

const folder = () => process.env.CLAUDE_CONFIG_DIR || join(userHome(), ".claude");
const mainFile = () => join(process.env.CLAUDE_CONFIG_DIR || userHome(), ".claude.json");
const EDITS = "Edit|Write|MultiEdit|NotebookEdit";

/** @type {import("../agents.js").Agent} */
export const claudeCode = {
  key: "claude-code",
  name: "Claude Code",
  program: "claude",
  folder,

  edits(context) {
    const settings = join(folder(), "settings.json");
    const server = { type: "stdio", command: context.launcher, args: ["mcp", "--agent", "claude-code"] };
    /** @param {string} event @param {string} [matcher] */
    const hook = (event, matcher) => ({
      event,
      group: { ...(matcher ? { matcher } : {}), hooks: [{ type: "command", command: context.hookCommand("claude-code", event), timeout: 5 }] },
    });
    const hooks = [
      hook("SessionStart"),
      hook("UserPromptSubmit"),
      hook("PreToolUse", EDITS),
      hook("PostToolUse"),
      hook("Stop"),
      hook("SessionEnd"),
    ];
    const environment = telemetry(context.telemetryUrl("claude-code"));
    return [
      {
        what: "mcp",
        file: mainFile(),
        apply: (text) => put(text, ["mcpServers", "covibe"], server),
        remove: (text) => drop(text, ["mcpServers", "covibe"]),
        lines: put("", ["mcpServers", "covibe"], server),
      },
      { what: "hooks", file: settings, apply: (text) => putGroups(text, hooks), remove: dropGroups, lines: putGroups("", hooks) },
      {
        what: "telemetry",
        file: settings,
        apply: (text) => {
          const endpoint = valueAt(text, ["env", "OTEL_EXPORTER_OTLP_ENDPOINT"]);
          if (endpoint !== undefined && !isOurs(endpoint)) {
            throw new NotUnderstood(`env.OTEL_EXPORTER_OTLP_ENDPOINT is ${endpoint}: you report to something else already`);
          }
          return Object.entries(environment).reduce((changed, [key, value]) => put(changed, ["env", key], value), text);
        },
        remove: (text) =>
          isOurs(valueAt(text, ["env", "OTEL_EXPORTER_OTLP_ENDPOINT"]))
            ? Object.keys(environment).reduce((changed, key) => drop(changed, ["env", key]), text)
            : text,
        lines: put("", ["env"], environment),
      },
    ];
  },
};

/** @param {string} url */
const telemetry = (url) => ({
  CLAUDE_CODE_ENABLE_TELEMETRY: "1",
  OTEL_METRICS_EXPORTER: "otlp",
  OTEL_LOGS_EXPORTER: "otlp",
  OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  OTEL_EXPORTER_OTLP_ENDPOINT: url,
});

/** @param {any} endpoint */
const isOurs = (endpoint) => /^http:\/\/127\.0\.0\.1:\d+\/covibe\//.test(String(endpoint));
