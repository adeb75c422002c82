// `setup`: connects the machine, then each agent that is found on it. Running it again changes nothing.
import { context, installedAgents, namedAgents } from "./agents.js";
import { applyEdits } from "./config-files.js";
import { givenToken, makePrivateHome, readCredentials, tokenFor, writeCredentials } from "./credentials.js";
import { connectByDevice } from "./device-flow.js";
import { install } from "./installation.js";
import { healthQuestion, tokenQuestion } from "./letters.js";
import { checkedOrigin } from "./origin.js";
import { Refused, send } from "./post.js";
import { EXIT, Problem } from "./problem.js";
import { installService } from "./service.js";
import { changeSettings, settings } from "./settings.js";
import { isTemporary } from "./version.js";

/**
 * @typedef {{ baseUrl?: string, agents?: string, service: boolean, hooks: boolean, dryRun: boolean, browser: boolean }} Options
 *
 * @param {Options} options
 * @param {import("./voice.js").Voice} voice
 * @returns {Promise<number>} the exit code
 */
export async function setup(options, voice) {
  const wanted = options.baseUrl ?? process.env.COVIBE_BASE_URL ?? readCredentials()?.origin;
  if (!wanted) {
    throw new Problem("Setup needs the address of the server.", "Run: covibe-local setup --base-url https://your-covibe-server", EXIT.USAGE);
  }
  const origin = checkedOrigin(wanted);
  await mustBeCovibe(origin);
  const agents = options.agents ? namedAgents(options.agents) : installedAgents();
  if (agents.length === 0) {
    throw new Problem("No coding agent was found on this machine.", "Name those that you will use: --agents claude-code,codex,cursor,gemini-cli", EXIT.FAILED);
  }
  if (!options.dryRun) {
    makePrivateHome();
  }
  const connected = await connect(origin, agents, options, voice);
  const installed = install({ dryRun: options.dryRun });
  const edits = agents.flatMap((agent) => agent.edits(context()).filter((edit) => options.hooks || edit.what !== "hooks"));
  const results = applyEdits(edits, { dryRun: options.dryRun });
  if (!options.dryRun) {
    changeSettings({ hooks: options.hooks, service: options.service && !isTemporary() });
  }
  const service = options.service ? await installService({ dryRun: options.dryRun, quiet: true }) : { state: "skipped", changed: false };
  report({ origin, agents, results, installed, connected, service, options, voice });
  return results.some((result) => result.outcome === "left") ? EXIT.NOT_UNDERSTOOD : EXIT.FINE;
}

/** Before anything is written. @param {string} origin */
async function mustBeCovibe(origin) {
  const health = await send(healthQuestion(), { origin }).catch((error) => {
    // A server that is up but not well says so in the same form.
    if (error instanceof Refused && error.answer?.status) {
      throw new Problem(`${origin} is up but not ready: ${error.answer.status}.`, "Try again in a minute, or ask whoever runs it.", EXIT.UNREACHABLE);
    }
    if (error instanceof Refused) {
      throw notCovibe(origin);
    }
    throw error;
  });
  if (typeof health?.status !== "string") {
    throw notCovibe(origin);
  }
}

/** @param {string} origin */
const notCovibe = (origin) => new Problem(`There is no Co-Vibe server at ${origin}.`, "Check the address; it is the one of the console in your browser.", EXIT.UNREACHABLE);

/**
 * @param {string} origin
 * @param {import("./agents.js").Agent[]} agents
 * @param {Options} options
 * @param {import("./voice.js").Voice} voice
 * @returns {Promise<"given" | "kept" | "new" | "wanted">}
 */
async function connect(origin, agents, options, voice) {
  if (givenToken()) {
    await send(tokenQuestion(), { origin, token: givenToken() });
    return "given";
  }
  const stored = readCredentials();
  const known = stored?.origin === origin ? stored : undefined;
  const keys = agents.map((agent) => agent.key);
  const working = known ? await workingTokens(origin, known.tokens) : {};
  const missing = keys.filter((key) => !working[key]);
  if (missing.length === 0) {
    return "kept";
  }
  if (options.dryRun) {
    return "wanted";
  }
  const grant = await connectByDevice(origin, { machine: settings().machine, agents: missing, say: voice.say, browser: options.browser });
  const granted = Object.fromEntries(grant.tokens.map(({ agent, token }) => [agent, token]));
  writeCredentials({ origin, developer: grant.developer, workspace: grant.workspace, company: grant.company, tokens: { ...working, ...granted } });
  return "new";
}

/** @param {string} origin @param {Record<string, string>} tokens */
async function workingTokens(origin, tokens) {
  /** @type {Record<string, string>} */
  const working = {};
  for (const [agent, token] of Object.entries(tokens)) {
    const refused = await send(tokenQuestion(), { origin, token }).then(
      () => false,
      (error) => error instanceof Refused && error.status === 401,
    );
    if (!refused) {
      working[agent] = token;
    }
  }
  return working;
}

/** @param {any} outcome */
function report({ origin, agents, results, installed, connected, service, options, voice }) {
  const credentials = readCredentials();
  const left = results.filter((/** @type {any} */ result) => result.outcome === "left");
  const changed = results.filter((/** @type {any} */ result) => result.outcome === "done");
  const would = options.dryRun ? "would change" : "changed";
  voice.data(
    {
      origin,
      dry_run: options.dryRun,
      connected,
      workspace: credentials?.workspace,
      agents: agents.map((/** @type {any} */ agent) => agent.key),
      changed: changed.map((/** @type {any} */ { edit }) => ({ file: edit.file, what: edit.what })),
      left: left.map((/** @type {any} */ { edit, reason }) => ({ file: edit.file, what: edit.what, reason, lines: edit.lines })),
      installed,
      service,
    },
    [
      connected === "wanted" ? `Would ask you to approve this machine at ${origin}.` : `Connected to ${origin}${credentials?.workspace && connected !== "given" ? `, workspace ${credentials.workspace}` : ""}.`,
      ...agents.map((/** @type {any} */ agent) => `  ${agent.name}: ${summary(agent, results, would)}`),
      ...(service.text ? [`  Service: ${service.text}`] : []),
      ...(changed.length + installed.length === 0 && !service.changed && connected !== "new" ? ["Nothing had to be changed."] : []),
    ].join("\n"),
  );
  for (const { edit, reason } of left) {
    voice.say(`\n${edit.file} was left alone: ${reason}.\nTo add it yourself, put in:\n\n${edit.lines.replace(/^/gm, "    ")}`);
  }
  for (const agent of agents.filter((/** @type {any} */ some) => some.note && options.hooks)) {
    voice.say(agent.note);
  }
  if (connected === "given") {
    voice.say("COVIBE_MCP_TOKEN was used and not stored: agents and the watch need it in their environment.");
  }
  if (tokenFor(credentials) && !options.dryRun) {
    voice.say("Sessions in your repositories are now logged to this workspace; `covibe-local exclude` in a repository stops that.");
  }
}

/** @param {any} agent @param {any[]} results @param {string} would */
function summary(agent, results, would) {
  const files = new Set(agent.edits(context()).map((/** @type {any} */ edit) => edit.file));
  const own = results.filter((result) => files.has(result.edit.file));
  const words = { done: would, unchanged: "as it should be", left: "left alone" };
  return own.map((result) => `${result.edit.what} ${words[/** @type {keyof typeof words} */ (result.outcome)]}`).join(", ");
}
