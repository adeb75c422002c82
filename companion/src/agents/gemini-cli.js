// Gemini CLI: everything is in ~/.gemini/settings.json. Its timeouts are in milliseconds.
import { join } from "node:path";
import { userHome } from "../home.js";
import { drop, put, valueAt } from "../jsonc-edit.js";
import { NotUnderstood } from "../problem.js";
import { dropGroups, putGroups } from "./hook-entries.js";

const folder = () => join(userHome(), ".gemini");

/** @type {import("../agents.js").Agent} */
export const geminiCli = {
  key: "gemini-cli",
  name: "Gemini CLI",
  program: "gemini",
  folder,

  edits(context) {
    const file = join(folder(), "settings.json");
    const server = { command: context.launcher, args: ["mcp", "--agent", "gemini-cli"] };
    /** @param {string} event @param {string} [matcher] */
    const hook = (event, matcher) => ({
      event,
      group: {
        ...(matcher ? { matcher } : {}),
        hooks: [{ name: "covibe", type: "command", command: context.hookCommand("gemini-cli", event), timeout: 5000 }],
      },
    });
    const hooks = [
      hook("SessionStart"),
      hook("BeforeAgent"),
      hook("BeforeTool", "write_file|replace|edit"),
      hook("AfterTool"),
      hook("AfterAgent"),
      hook("SessionEnd"),
    ];
    const telemetry = { enabled: true, target: "local", otlpEndpoint: context.telemetryUrl("gemini-cli"), otlpProtocol: "http", logPrompts: false };
    return [
      {
        what: "mcp",
        file,
        apply: (text) => put(text, ["mcpServers", "covibe"], server),
        remove: (text) => drop(text, ["mcpServers", "covibe"]),
        lines: put("", ["mcpServers", "covibe"], server),
      },
      { what: "hooks", file, apply: (text) => putGroups(text, hooks), remove: dropGroups, lines: putGroups("", hooks) },
      {
        what: "telemetry",
        file,
        apply: (text) => {
          const endpoint = valueAt(text, ["telemetry", "otlpEndpoint"]);
          if (endpoint !== undefined && !isOurs(endpoint)) {
            throw new NotUnderstood(`telemetry.otlpEndpoint is ${endpoint}: you report to something else already`);
          }
          return Object.entries(telemetry).reduce((changed, [key, value]) => put(changed, ["telemetry", key], value), text);
        },
        remove: (text) =>
          isOurs(valueAt(text, ["telemetry", "otlpEndpoint"]))
            ? Object.keys(telemetry).reduce((changed, key) => drop(changed, ["telemetry", key]), text)
            : text,
        lines: put("", ["telemetry"], telemetry),
      },
    ];
  },
};

/** @param {any} endpoint */
const isOurs = (endpoint) => /^http:\/\/127\.0\.0\.1:\d+\/covibe\//.test(String(endpoint));
