// The one place that builds everything the companion sends of its own accord (CMP-11). The post takes letters and nothing
// else, and a letter can only be made here: field by field, each made plain. Nothing is passed on as it came.
import { branchName, fingerprint, moment, plainLine, plainName, whole, word } from "./plain.js";
import { identityOf } from "./repository-identity.js";
import { strippedTelemetry } from "./telemetry.js";

class Letter {
  #sealed = true;

  /**
   * @param {"GET" | "POST" | "DELETE"} method
   * @param {string} path
   * @param {unknown} [body]
   */
  constructor(method, path, body) {
    this.method = method;
    this.path = path;
    this.body = body === undefined ? undefined : JSON.stringify(body);
    Object.freeze(this);
  }

  /** @param {any} thing */
  static isReal(thing) {
    return typeof thing === "object" && thing !== null && #sealed in thing;
  }
}

/** @typedef {Letter} LetterType */
export const isLetter = Letter.isReal;

const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const OPERATIONS = new Set(["merge", "rebase", "cherry-pick", "revert", "bisect", "am"]);

export const healthQuestion = () => new Letter("GET", "/api/health");
export const manifestQuestion = () => new Letter("GET", "/downloads/co-vibe.json");
export const tarballQuestion = () => new Letter("GET", "/downloads/co-vibe.tgz");
export const tokenQuestion = () => new Letter("GET", "/api/projects?limit=1");
export const sessionsQuestion = () => new Letter("GET", "/api/sessions?limit=50");
export const inboxQuestion = () => new Letter("GET", "/api/inbox?limit=20");

/** @param {string} identity */
export const claimsQuestion = (identity) => new Letter("GET", `/api/claims?repository=${encodeURIComponent(identity)}&limit=200`);

/**
 * @param {string} machine
 * @param {string[]} agents
 */
export const deviceRequest = (machine, agents) => new Letter("POST", "/api/setup/device", { host_name: plainName(machine), agents });

/** @param {string} deviceCode */
export const deviceQuestion = (deviceCode) => new Letter("POST", "/api/setup/device/token", { device_code: deviceCode });

/**
 * Hook events as signs of life, usage and steps. Each has an id that is the same however often it is sent.
 *
 * @param {any[]} events as the hook wrote them down
 * @param {(root: string) => string | undefined} identityAt of a repository on this machine
 */
export function eventBatch(events, identityAt) {
  const items = events.flatMap((event) => eventItems(event, event.root ? identityAt(event.root) : undefined));
  return items.length === 0 ? undefined : new Letter("POST", "/api/ingest", { items });
}

/** @type {Record<string, string>} */
const KINDS = { start: "session_start", end: "session_end" };

/**
 * @param {any} event
 * @param {string | undefined} identity
 */
function eventItems(event, identity) {
  const session = word(event.session);
  const agent = word(event.agent);
  if (!session || !agent || typeof event.at !== "number") {
    return [];
  }
  const seen = {
    kind: KINDS[event.what] ?? "session_seen",
    at: moment(event.at),
    agent,
    session,
    agent_version: word(event.version),
    model: word(event.model),
    repository: identity,
    branch: branchName(event.branch),
    worktree: event.worktree ? plainName(event.worktree) : undefined,
    parent: word(event.parent),
  };
  return [seen, ...usageItems(event, session, agent), ...stepItems(event, session, agent)];
}

/** Only Cursor tells its hooks what a turn used; the others report by OpenTelemetry. @param {any} event @param {string} session @param {string} agent */
function usageItems(event, session, agent) {
  if (!event.usage) {
    return [];
  }
  return [
    {
      kind: "usage",
      id: fingerprint(agent, session, String(event.turn ?? event.id)).slice(0, 40),
      at: moment(event.at),
      agent,
      session,
      model: word(event.model),
      input_tokens: whole(event.usage.input),
      output_tokens: whole(event.usage.output),
      cache_read_tokens: whole(event.usage.cacheRead),
      cache_write_tokens: whole(event.usage.cacheWrite),
      status: event.failed ? "error" : "ok",
    },
  ];
}

/** @param {any} event @param {string} session @param {string} agent */
function stepItems(event, session, agent) {
  if (event.what !== "step" || !word(event.tool) || whole(event.duration) === undefined) {
    return [];
  }
  return [
    {
      kind: "span",
      id: fingerprint(agent, session, String(event.id)).slice(0, 40),
      trace_id: fingerprint(agent, session).slice(0, 32),
      span_id: fingerprint(agent, session, String(event.id)).slice(0, 16),
      at: moment(event.at - event.duration),
      agent,
      session,
      operation: "tool",
      tool: word(event.tool),
      duration_ms: whole(event.duration),
      status: event.failed ? "error" : "ok",
    },
  ];
}

/** @param {string} machine @param {{ remote?: string, root?: string, name?: string }} repository */
function repositoryOf(machine, repository) {
  const remote = repository.remote === undefined ? undefined : identityOf(repository.remote);
  const root = !remote && SHA.test(repository.root ?? "") ? repository.root : undefined;
  return {
    machine: plainName(machine),
    repository: { remote, root, name: root ? plainName(repository.name) : undefined },
  };
}

/**
 * @param {string} machine
 * @param {any} repository its remote, or its first commit
 * @param {any[]} worktrees
 * @param {any[]} commits
 */
export function snapshot(machine, repository, worktrees, commits) {
  return new Letter("POST", "/api/snapshots", {
    ...repositoryOf(machine, repository),
    worktrees: worktrees.map((tree) => ({
      name: plainName(tree.name),
      branch: branchName(tree.branch),
      head: SHA.test(tree.head) ? tree.head : "",
      ahead: whole(tree.ahead),
      behind: whole(tree.behind),
      staged: whole(tree.staged) ?? 0,
      modified: whole(tree.modified) ?? 0,
      untracked: whole(tree.untracked) ?? 0,
      conflicted: whole(tree.conflicted) ?? 0,
      operation: OPERATIONS.has(tree.operation) ? tree.operation : undefined,
    })),
    commits: commits.map((commit) => ({
      sha: commit.sha,
      parents: commit.parents,
      author: plainLine(String(commit.author).replace(/<[^>]*>?|\S+@\S+/g, ""), 200),
      at: moment(commit.at),
      subject: plainLine(commit.subject, 500),
    })),
  });
}

/** The repository is named by a hash alone: what is private is not spelt out. @param {string} machine @param {string} identity */
export const privateMark = (machine, identity) =>
  new Letter("POST", "/api/snapshots", { machine: plainName(machine), repository: { key: fingerprint(identity), private: true } });

/** @param {string} machine @param {string} identity @param {boolean} [past] whether sessions of the past lose its name too */
export const purge = (machine, identity, past = false) =>
  new Letter(
    "DELETE",
    `/api/snapshots?repository=key:${fingerprint(identity)}&machine=${encodeURIComponent(plainName(machine))}${past ? "&sessions=true" : ""}`,
  );

/**
 * @param {{ machine: string, version: string, repositories: { name: string, state: string }[], update?: any, service: boolean }} state
 */
export const heartbeat = (state) =>
  new Letter("POST", "/api/companion/heartbeat", {
    machine: plainName(state.machine),
    version: word(state.version),
    platform: process.platform,
    node: word(process.versions.node),
    service: state.service,
    repositories: state.repositories.map(({ name, state }) => ({ name: state === "excluded" ? undefined : plainName(name), state })),
    update: state.update && { version: word(state.update.version), outcome: word(state.update.outcome) },
  });

/**
 * What agents report by OpenTelemetry, without everything that could be content.
 *
 * @param {string} signal logs, metrics or traces
 * @param {unknown} report
 */
export function telemetry(signal, report) {
  const body = strippedTelemetry(signal, report);
  return body && new Letter("POST", `/api/otlp/v1/${signal}`, body);
}

/**
 * What somebody asks the companion to say, as MCP would: their words go as they are, because sending them is the point.
 *
 * @param {string} tool
 * @param {Record<string, unknown>} args
 */
export const toolCall = (tool, args) =>
  new Letter("POST", "/api/mcp", { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: tool, arguments: args } });

/** What an agent says over the bridge to its own server, unchanged. @param {unknown} message */
export const bridged = (message) => new Letter("POST", "/api/mcp", message);
