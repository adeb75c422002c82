// `doctor`: everything that must be right, what is not, and what to do about it.
import { AGENTS, context, installedAgents } from "./agents.js";
import { readJson } from "./atomic-file.js";
import { inspectEdits, record } from "./config-files.js";
import { givenToken, readCredentials } from "./credentials.js";
import { files } from "./home.js";
import { currentFolder } from "./installation.js";
import { healthQuestion, manifestQuestion, tokenQuestion } from "./letters.js";
import { holderOfLock } from "./lock.js";
import { checkedOrigin } from "./origin.js";
import { carry, Refused, send } from "./post.js";
import { EXIT, reason } from "./problem.js";
import { serviceStatus } from "./service.js";
import { settings } from "./settings.js";
import { backlog } from "./spool.js";
import { compareVersions, version } from "./version.js";

const OLDEST_NODE = 20;
const MOST_SKEW_MS = 60_000;
const OLD_ROUND_MS = 10 * 60_000;
const MUCH_BYTES = 64 * 1024 * 1024;

/** @typedef {{ check: string, state: "ok" | "note" | "wrong", message: string, next?: string }} Finding */

/** @param {{ baseUrl?: string }} options @param {import("./voice.js").Voice} voice */
export async function doctor({ baseUrl }, voice) {
  /** @type {Finding[]} */
  const findings = [node(), ...(await server(baseUrl)), ...configuration(), await service(), ...watching(), waiting()];
  const wrong = findings.filter(({ state }) => state === "wrong");
  const marks = { ok: "ok   ", note: "note ", wrong: "WRONG" };
  voice.data(
    { ok: wrong.length === 0, version, findings },
    findings.map(({ check, state, message, next }) => `${marks[state]}  ${check}: ${message}${next ? `\n       ${next}` : ""}`).join("\n"),
  );
  return wrong.length === 0 ? EXIT.FINE : EXIT.FAILED;
}

/** @returns {Finding} */
function node() {
  const major = Number(process.versions.node.split(".")[0]);
  return major >= OLDEST_NODE
    ? { check: "Node", state: "ok", message: process.versions.node }
    : { check: "Node", state: "wrong", message: `${process.versions.node} is too old`, next: `Install Node ${OLDEST_NODE} or newer.` };
}

/** @param {string | undefined} baseUrl @returns {Promise<Finding[]>} */
async function server(baseUrl) {
  const credentials = readCredentials();
  const wanted = baseUrl ?? process.env.COVIBE_BASE_URL ?? credentials?.origin;
  const next = "Run: covibe-local setup --base-url https://your-covibe-server";
  if (!wanted) {
    return [{ check: "Server", state: "wrong", message: "this machine is not connected", next }];
  }
  let origin;
  try {
    origin = checkedOrigin(wanted);
  } catch (error) {
    return [{ check: "Server", state: "wrong", message: reason(error), next: /** @type {any} */ (error).next }];
  }
  const findings = [await health(origin), await clock(origin), await companionOf(origin), ...(await tokens(origin))];
  if (credentials && origin !== credentials.origin) {
    findings.push({ check: "Origin", state: "wrong", message: `this machine is connected to ${credentials.origin}, not to ${origin}`, next: `Run: covibe-local setup --base-url ${origin}` });
  }
  return findings.flat();
}

/** @param {string} origin @returns {Promise<Finding>} */
async function health(origin) {
  try {
    const answer = await send(healthQuestion(), { origin });
    return { check: "Server", state: "ok", message: `${origin}, version ${answer.version}` };
  } catch (error) {
    return wrong("Server", error);
  }
}

/** @param {string} origin @returns {Promise<Finding[]>} */
async function clock(origin) {
  try {
    const asked = Date.now();
    const response = await carry(healthQuestion(), { origin });
    await response.body?.cancel();
    const theirs = Date.parse(response.headers.get("date") ?? "");
    const skew = (asked + Date.now()) / 2 - theirs;
    if (!Number.isFinite(skew)) {
      return [];
    }
    const seconds = Math.round(skew / 1000);
    return Math.abs(skew) > MOST_SKEW_MS
      ? [{ check: "Clock", state: "wrong", message: `it is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} the server's`, next: "Set this machine's clock; what happened is sent with the server's time meanwhile." }]
      : [{ check: "Clock", state: "ok", message: "agrees with the server's" }];
  } catch {
    return [];
  }
}

/** @param {string} origin @returns {Promise<Finding[]>} */
async function companionOf(origin) {
  try {
    const manifest = await send(manifestQuestion(), { origin });
    const order = compareVersions(manifest.version, version);
    if (order > 0) {
      return [{ check: "Companion", state: "note", message: `${version}; the server gives out ${manifest.version}`, next: settings().service ? "The service updates itself within a minute." : `Run: npm install --save-dev ${origin}/downloads/co-vibe.tgz` }];
    }
    return [{ check: "Companion", state: "ok", message: `${version}${order < 0 ? `, newer than the server's ${manifest.version}` : ", the current one"}` }];
  } catch (error) {
    return [{ check: "Companion", state: "note", message: `${version}; the server names none (${reason(error)})` }];
  }
}

/** @param {string} origin @returns {Promise<Finding[]>} */
async function tokens(origin) {
  const stored = Object.entries(readCredentials()?.tokens ?? {});
  /** @type {[string, string][]} */
  const all = givenToken() ? [["COVIBE_MCP_TOKEN", /** @type {string} */ (givenToken())]] : stored;
  if (all.length === 0) {
    return [{ check: "Token", state: "wrong", message: "there is none", next: `Run: covibe-local setup --base-url ${origin}` }];
  }
  return Promise.all(all.map(([name, token]) => tokenFinding(origin, name, token)));
}

/** @param {string} origin @param {string} name @param {string} token @returns {Promise<Finding>} */
async function tokenFinding(origin, name, token) {
  try {
    await send(tokenQuestion(), { origin, token });
    return { check: `Token of ${name}`, state: "ok", message: "the server takes it" };
  } catch (error) {
    return error instanceof Refused && error.status === 401
      ? { check: `Token of ${name}`, state: "wrong", message: "the server does not know it", next: `Run: covibe-local setup --base-url ${origin}` }
      : wrong(`Token of ${name}`, error);
  }
}

/** @param {string} check @param {any} error @returns {Finding} */
const wrong = (check, error) => ({ check, state: "wrong", message: reason(error), next: error?.next });

/** @returns {Finding[]} */
function configuration() {
  if (!currentFolder()) {
    return [{ check: "Installation", state: "wrong", message: "setup has not run on this machine", next: "Run: covibe-local setup --base-url https://your-covibe-server" }];
  }
  const known = new Set(record().map((entry) => entry.file));
  const { hooks } = settings();
  return AGENTS.flatMap((agent) => {
    const edits = agent.edits(context()).filter((edit) => hooks || edit.what !== "hooks");
    if (!edits.some((edit) => known.has(edit.file)) && !(agent.key in (readCredentials()?.tokens ?? {}))) {
      return installedAgents().includes(agent) ? [{ check: agent.name, state: /** @type {const} */ ("note"), message: "found on this machine, but not connected", next: "Run: covibe-local setup" }] : [];
    }
    return agentFindings(agent, inspectEdits(edits));
  });
}

/** @param {import("./agents.js").Agent} agent @param {import("./config-files.js").Result[]} results @returns {Finding[]} */
function agentFindings(agent, results) {
  const off = results.filter(({ outcome }) => outcome !== "unchanged");
  const note = agent.note && settings().hooks ? agent.note : undefined;
  if (off.length === 0) {
    return [{ check: agent.name, state: "ok", message: "as setup left it", ...(note ? { next: note } : {}) }];
  }
  return off.map(({ edit, outcome, reason: why }) => ({
    check: agent.name,
    state: outcome === "left" ? "note" : "wrong",
    message: outcome === "left" ? `${edit.what} not in ${edit.file}: ${why}` : `${edit.what} in ${edit.file} was changed or is missing`,
    next: outcome === "left" ? "`covibe-local setup` prints the lines to add." : "Run: covibe-local setup",
  }));
}

/** @returns {Promise<Finding>} */
async function service() {
  const { state, text = "" } = await serviceStatus();
  if (state === "running") {
    return { check: "Service", state: "ok", message: "running" };
  }
  if (state === "stopped" && holderOfLock()) {
    return { check: "Service", state: "note", message: "installed, but not running; a watch that was started by hand does its work until you log out" };
  }
  const wanted = settings().service && state !== "unsupported";
  return { check: "Service", state: wanted ? "wrong" : "note", message: text };
}

/** @returns {Finding[]} */
function watching() {
  const pid = holderOfLock();
  const state = readJson(files.watchState());
  if (!pid) {
    return [{ check: "Watch", state: "wrong", message: "it does not run, so nothing is sent and hooks answer from old knowledge", next: "Run: covibe-local service install, or leave `covibe-local watch` running." }];
  }
  const age = Date.now() - Date.parse(state?.round ?? "");
  /** @type {Finding[]} */
  const findings = age > OLD_ROUND_MS ? [{ check: "Watch", state: "wrong", message: `process ${pid} has done nothing for ${Math.round(age / 60_000)} minutes`, next: `Stop it (kill ${pid}); the service starts it again.` }] : [{ check: "Watch", state: "ok", message: `process ${pid}` }];
  for (const [what, problem] of Object.entries(state?.problems ?? {})) {
    findings.push({ check: `Watch, ${what}`, state: "wrong", message: String(problem) });
  }
  return findings;
}

/** @returns {Finding} */
function waiting() {
  const { bytes, files: count, oldest } = backlog();
  const state = readJson(files.watchState());
  const lost = [state?.dropped > 0 ? `${state.dropped} bytes were dropped because the spool was full` : "", state?.refused > 0 ? `${state.refused} items were refused by the server` : ""].filter(Boolean);
  const size = bytes === 0 ? "empty" : `${(bytes / 1024).toFixed(1)} KiB in ${count} files wait, the oldest since ${new Date(oldest).toISOString()}`;
  return {
    check: "Spool",
    state: bytes > MUCH_BYTES ? "wrong" : lost.length > 0 ? "note" : "ok",
    message: [size, ...lost].join("; "),
    ...(bytes > MUCH_BYTES ? { next: "It is sent when the server can be reached and a watch runs; at 256 MiB the oldest is dropped." } : {}),
  };
}

