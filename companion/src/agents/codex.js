// Codex: ~/.codex/config.toml for the MCP server and telemetry, ~/.codex/hooks.json for hooks.
import { join } from "node:path";
import { userHome } from "../home.js";
import { NotUnderstood } from "../problem.js";
import { drop, put, tableAt } from "../toml-edit.js";
import { dropGroups, putGroups } from "./hook-entries.js";

const folder = () => process.env.CODEX_HOME || join(userHome(), ".codex");
const EXPORTERS = ["exporter", "metrics_exporter"];

/** @type {import("../agents.js").Agent} */
export const codex = {
  key: "codex",
  name: "Codex",
  program: "codex",
  folder,
  note: "Codex runs hooks only after you have approved them: type /hooks in Codex once.",

  edits(context) {
    const config = join(folder(), "config.toml");
    const server = { command: context.launcher, args: ["mcp", "--agent", "codex"] };
    const url = context.telemetryUrl("codex");
    /** @param {string} signal */
    const exporter = (signal) => ({ "otlp-http": { endpoint: `${url}/v1/${signal}`, protocol: "json" } });
    const otel = { log_user_prompt: false, exporter: exporter("logs"), metrics_exporter: exporter("metrics") };
    /** @param {string} event @param {string} [matcher] */
    const hook = (event, matcher) => ({
      event,
      group: { ...(matcher ? { matcher } : {}), hooks: [{ type: "command", command: context.hookCommand("codex", event), timeout: 5 }] },
    });
    const hooks = [
      hook("SessionStart"),
      hook("UserPromptSubmit"),
      hook("PreToolUse", "apply_patch|Edit|Write"),
      hook("PostToolUse"),
      hook("Stop"),
    ];
    return [
      {
        what: "mcp",
        file: config,
        apply: (text) => put(text, ["mcp_servers", "covibe"], server),
        remove: (text) => drop(text, ["mcp_servers", "covibe"]),
        lines: put("", ["mcp_servers", "covibe"], server),
      },
      {
        what: "telemetry",
        file: config,
        apply: (text) => {
          const there = tableAt(text, ["otel"]) ?? {};
          const foreign = EXPORTERS.find((key) => there[key] !== undefined && there[key] !== "none" && !isOurs(there[key]));
          if (foreign) {
            throw new NotUnderstood(`otel.${foreign} is set: you report to something else already`);
          }
          return put(text, ["otel"], otel);
        },
        remove: (text) => (isOurs(tableAt(text, ["otel"])?.exporter) ? drop(text, ["otel"], Object.keys(otel)) : text),
        lines: put("", ["otel"], otel),
      },
      { what: "hooks", file: join(folder(), "hooks.json"), apply: (text) => putGroups(text, hooks), remove: dropGroups, lines: putGroups("", hooks) },
    ];
  },
};

/** @param {any} exporter */
const isOurs = (exporter) => /^http:\/\/127\.0\.0\.1:\d+\/covibe\//.test(String(exporter?.["otlp-http"]?.endpoint));
