// The daily verbs for whoever has a shell: the tools of the MCP server, with the same texts and codes.
import { readJson } from "./atomic-file.js";
import { connection, readCredentials } from "./credentials.js";
import { isExcluded } from "./exclusion.js";
import { files } from "./home.js";
import { claimsQuestion, sessionsQuestion, toolCall } from "./letters.js";
import { holderOfLock } from "./lock.js";
import { readMessages } from "./mcp-answer.js";
import { carry, Refused, send } from "./post.js";
import { EXIT, Problem } from "./problem.js";
import { describe, gitFolderOf, repositories } from "./repositories.js";
import { settings } from "./settings.js";
import { backlog } from "./spool.js";
import { version } from "./version.js";

/** @typedef {import("./voice.js").Voice} Voice */

/** Which agent's shell this is, by what agents leave in its environment. */
function agentOfShell() {
  const { env } = process;
  if (env.COVIBE_AGENT) return env.COVIBE_AGENT;
  if (env.CLAUDECODE) return "claude-code";
  if (env.CODEX_SANDBOX || env.CODEX_THREAD_ID) return "codex";
  if (env.CURSOR_AGENT || env.CURSOR_TRACE_ID) return "cursor";
  return env.GEMINI_CLI ? "gemini-cli" : undefined;
}

/**
 * Calls a tool and prints what it answers; a refusal is printed the same way, and exits with 6.
 *
 * @param {string} tool
 * @param {Record<string, unknown>} given what is undefined is left out
 * @param {Voice} voice
 */
export async function callTool(tool, given, voice) {
  const to = connection(agentOfShell());
  const args = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
  const response = await carry(toolCall(tool, args), { ...to, headers: { Accept: "application/json, text/event-stream" } });
  if (!response.ok) {
    throw new Refused(response.status, undefined, response.status === 401 ? "The server does not know this machine's token." : `The server answered ${response.status}.`);
  }
  const answer = (await readMessages(response)).find((message) => message.id === 1);
  const result = answer?.result;
  if (!result) {
    throw new Problem(answer?.error?.message ?? "The server did not answer the call.", "`covibe-local doctor` says what is wrong.", EXIT.REFUSED, "tool.failed");
  }
  const text = (result.content ?? []).map((/** @type {any} */ part) => part.text ?? "").join("\n");
  voice.data(result.isError ? { error: /^[\w.-]+(?=:)/.exec(text)?.[0] ?? "tool.failed", message: text } : (result.structuredContent ?? { text }), text);
  return result.isError ? EXIT.REFUSED : EXIT.FINE;
}

/** @param {Voice} voice */
export async function status(voice) {
  const credentials = readCredentials();
  if (!credentials && !process.env.COVIBE_MCP_TOKEN) {
    connection();
  }
  const state = readJson(files.watchState());
  const pid = holderOfLock();
  const { bytes } = backlog();
  const own = Object.values(repositories());
  const problems = Object.values(state?.problems ?? {});
  voice.data(
    {
      version,
      origin: credentials?.origin,
      workspace: credentials?.workspace,
      developer: credentials?.developer,
      machine: settings().machine,
      watch: pid ? "running" : "not running",
      waiting_bytes: bytes,
      problems: pid ? state?.problems : {},
      repositories: own.map(({ name, excluded }) => ({ name, excluded: excluded ?? false })),
    },
    [
      `${credentials?.origin ?? "given by COVIBE_MCP_TOKEN"}, workspace ${credentials?.workspace ?? "unknown"}, as @${credentials?.developer ?? "unknown"}`,
      `Watch: ${pid ? `process ${pid}` : "not running"}; ${bytes === 0 ? "nothing waits" : `${bytes} bytes wait`} to be sent.`,
      `Repositories: ${own.map(({ name, excluded }) => name + (excluded ? " (private)" : "")).join(", ") || "none yet"}`,
      ...(pid ? problems.map((problem) => `Trouble: ${problem}`) : []),
    ].join("\n"),
  );
  return EXIT.FINE;
}

/** @param {Voice} voice */
export async function sessions(voice) {
  const answer = await send(sessionsQuestion(), connection(agentOfShell()));
  const lines = (answer.items ?? []).map((/** @type {any} */ session) =>
    [session.state, `@${session.developer}`, session.agent ?? session.agent_type, session.task?.key, [session.repository, session.branch].filter(Boolean).join(" "), session.last_seen_at].filter(Boolean).join("  "),
  );
  voice.data(answer.items ?? [], lines.join("\n") || "No agent is at work.");
  return EXIT.FINE;
}

/** The repository that one stands in. */
async function here() {
  const folder = await gitFolderOf(process.cwd());
  const { identity } = folder ? await describe(folder) : { identity: undefined };
  if (!identity) {
    throw new Problem("This is no git repository that could be named.", "Go to a repository with a remote or a commit.", EXIT.USAGE);
  }
  if (await isExcluded(process.cwd())) {
    throw new Problem("This repository is private on this machine.", "`covibe-local include` shares it.", EXIT.FAILED, "repository.private");
  }
  return identity;
}

/** @param {string[]} words @param {Record<string, any>} options @param {Voice} voice */
export async function claims(words, options, voice) {
  const [action = "list", ...rest] = words;
  switch (action) {
    case "list":
      return listClaims(voice);
    case "take":
      return callTool("claim", { repository: await here(), paths: rest, task: options.task, mode: options.shared ? "shared" : undefined, minutes: options.minutes && Number(options.minutes), reason: options.reason, override: options.override }, voice);
    case "release":
      return callTool("release", { claims: rest }, voice);
    default:
      throw new Problem(`There is no ${JSON.stringify(action)} for claims.`, "Usage: covibe-local claims [list | take PATH… | release ID…]", EXIT.USAGE);
  }
}

/** @param {Voice} voice */
async function listClaims(voice) {
  const answer = await send(claimsQuestion(await here()), connection(agentOfShell()));
  const lines = (answer.items ?? []).map(
    (/** @type {any} */ claim) => `${claim.path ?? claim.task?.key}  @${claim.developer}${claim.agent ? ` / ${claim.agent}` : ""}  ${claim.task?.key ?? ""}  ${claim.mode} until ${claim.expires_at}  ${claim.id}`,
  );
  voice.data(answer.items ?? [], lines.join("\n") || "Nothing is claimed here.");
  return EXIT.FINE;
}

/** @param {string[]} words @param {Record<string, any>} options @param {Voice} voice */
export async function plan(words, options, voice) {
  wanted(words, "covibe-local plan TITLE");
  const repository = options.path?.length > 0 ? await here() : undefined;
  return callTool(
    "plan",
    {
      title: words.join(" "),
      kind: options.kind,
      description: options.description,
      project: options.project,
      workstream: options.workstream,
      paths: options.path,
      repository,
      priority: options.priority,
      confirm: options.confirm,
      confirm_reason: options["confirm-reason"],
    },
    voice,
  );
}

/** @param {string[]} words @param {Record<string, any>} options @param {Voice} voice */
export async function log(words, options, voice) {
  wanted(words, "covibe-local log TEXT");
  return callTool("log", { kind: options.note ? "note" : "progress", text: words.join(" "), task: options.task }, voice);
}

/** @param {Record<string, any>} options @param {Voice} voice */
export async function inbox(options, voice) {
  return callTool("inbox", { acknowledge: options.acknowledge, unread_only: options.all ? false : undefined }, voice);
}

/** @param {string[]} words @param {string} usage */
function wanted(words, usage) {
  if (words.join("").trim() === "") {
    throw new Problem("Say what it is.", `Usage: ${usage}`, EXIT.USAGE);
  }
}
