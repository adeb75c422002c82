// The tokens of this machine: in one file that only its owner can read, and nowhere else.
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { readJson, writeJson } from "./atomic-file.js";
import { files, home } from "./home.js";
import { EXIT, Problem } from "./problem.js";

/** @typedef {{ origin: string, tokens: Record<string, string>, developer?: string, workspace?: string, company?: string }} Credentials */

/** @returns {Credentials | undefined} */
export function readCredentials() {
  const stored = readJson(files.credentials());
  return stored && typeof stored.origin === "string" && typeof stored.tokens === "object" ? stored : undefined;
}

/** @param {Credentials} credentials */
export function writeCredentials(credentials) {
  makePrivateHome();
  writeJson(files.credentials(), credentials, 0o600);
}

export function makePrivateHome() {
  mkdirSync(home(), { recursive: true, mode: 0o700 });
  if (process.platform !== "win32" && (statSync(home()).mode & 0o077) !== 0) {
    chmodSync(home(), 0o700);
  }
}

/** COVIBE_MCP_TOKEN goes before everything that is stored, and is never stored. */
export const givenToken = () => process.env.COVIBE_MCP_TOKEN || undefined;

/**
 * The token that an agent's work is reported with; any one of this machine for an agent that has none of its own.
 *
 * @param {Credentials | undefined} credentials
 * @param {string} [agent]
 */
export function tokenFor(credentials, agent) {
  const tokens = credentials?.tokens ?? {};
  return givenToken() ?? (agent ? tokens[agent] : undefined) ?? Object.values(tokens)[0];
}

/**
 * Where to, and with which token.
 *
 * @param {string} [agent]
 * @param {string} [origin] as the user named it
 * @returns {{ origin: string, token: string }}
 */
export function connection(agent, origin) {
  const credentials = readCredentials();
  const to = origin ?? process.env.COVIBE_BASE_URL ?? credentials?.origin;
  const token = credentials && to !== credentials.origin ? givenToken() : tokenFor(credentials, agent);
  if (!to || !token) {
    throw new Problem(
      "This machine is not connected to a Co-Vibe server.",
      "Run: covibe-local setup --base-url https://your-covibe-server",
      EXIT.NOT_SET_UP,
      "setup.wanted",
    );
  }
  return { origin: to, token };
}
