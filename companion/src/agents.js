// The agents that the companion knows, and what setup changes in the files of each.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { claudeCode } from "./agents/claude-code.js";
import { codex } from "./agents/codex.js";
import { cursor } from "./agents/cursor.js";
import { geminiCli } from "./agents/gemini-cli.js";
import { files } from "./home.js";
import { shellWord } from "./installation.js";
import { EXIT, Problem } from "./problem.js";
import { settings } from "./settings.js";

/**
 * @typedef {{
 *   launcher: string,
 *   hookCommand: (agent: string, event: string) => string,
 *   telemetryUrl: (agent: string) => string,
 * }} Context
 *
 * @typedef {{
 *   what: "mcp" | "hooks" | "telemetry",
 *   file: string,
 *   apply: (text: string) => string,
 *   remove: (text: string) => string,
 *   lines: string,
 * }} Edit
 *   One change of one file of the user's. apply and remove may throw NotUnderstood; lines are what a person would add.
 *
 * @typedef {{
 *   key: string,
 *   name: string,
 *   program: string,
 *   folder: () => string,
 *   note?: string,
 *   edits: (context: Context) => Edit[],
 * }} Agent
 */

/** @type {Agent[]} */
export const AGENTS = [claudeCode, codex, cursor, geminiCli];

/** @param {string} list separated by commas */
export function namedAgents(list) {
  return list.split(",").map((name) => {
    const agent = AGENTS.find((some) => some.key === name.trim());
    if (!agent) {
      throw new Problem(`There is no agent ${JSON.stringify(name.trim())}.`, `Known are ${AGENTS.map((some) => some.key).join(", ")}.`, EXIT.USAGE);
    }
    return agent;
  });
}

/** Those that leave traces on this machine: their folder, or their program on the path. */
export const installedAgents = () => AGENTS.filter((agent) => existsSync(agent.folder()) || isOnPath(agent.program));

/** @param {string} program */
export function isOnPath(program) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];
  return (process.env.PATH ?? "").split(delimiter).some((folder) => folder !== "" && endings.some((ending) => existsSync(join(folder, program + ending))));
}

/** @returns {Context} */
export function context() {
  const { telemetryPort } = settings();
  return {
    launcher: files.launcher(),
    hookCommand: (agent, event) => `${shellWord(files.hookLauncher())} ${agent} ${event}`,
    telemetryUrl: (agent) => `http://127.0.0.1:${telemetryPort}/covibe/${agent}`,
  };
}
