// Cursor: ~/.cursor/mcp.json and ~/.cursor/hooks.json. It has no telemetry of its own; its stop hook tells the tokens.
import { join } from "node:path";
import { userHome } from "../home.js";
import { drop, put, valueAt } from "../jsonc-edit.js";
import { dropEntries, putEntries } from "./hook-entries.js";

const folder = () => join(userHome(), ".cursor");
const EVENTS = ["sessionStart", "beforeSubmitPrompt", "preToolUse", "postToolUse", "afterFileEdit", "stop", "sessionEnd"];

/** @type {import("../agents.js").Agent} */
export const cursor = {
  key: "cursor",
  name: "Cursor",
  program: "cursor",
  folder,

  edits(context) {
    const server = { command: context.launcher, args: ["mcp", "--agent", "cursor"] };
    const hooks = EVENTS.map((event) => ({ event, entry: { command: context.hookCommand("cursor", event) } }));
    /** @param {string} text */
    const applied = (text) => putEntries(valueAt(text, ["version"]) === undefined ? put(text, ["version"], 1) : text, hooks);
    return [
      {
        what: "mcp",
        file: join(folder(), "mcp.json"),
        apply: (text) => put(text, ["mcpServers", "covibe"], server),
        remove: (text) => drop(text, ["mcpServers", "covibe"]),
        lines: put("", ["mcpServers", "covibe"], server),
      },
      { what: "hooks", file: join(folder(), "hooks.json"), apply: applied, remove: dropEntries, lines: applied("") },
    ];
  },
};
