// What agents call at every step and wait for: reads the event, writes down that it happened, answers from what the watch
// has fetched. One file, no network, no import beyond the file system, because starting is most of its time. It never
// fails: an agent must not notice that a server is away, a disk is full or a file is broken.
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

const HOME = process.env.COVIBE_HOME || join(process.env.HOME || process.env.USERPROFILE || ".", ".covibe");
const SPOOL = join(HOME, "spool");
const ROTATE_AT = 4 * 1024 * 1024;
const LARGEST_SPOOL = 256 * 1024 * 1024;

/** What the agents' events are here. @type {Record<string, Record<string, string>>} */
const EVENTS = {
  "claude-code": { SessionStart: "start", UserPromptSubmit: "turn", PreToolUse: "edit", PostToolUse: "tool", Stop: "idle", SessionEnd: "end" },
  codex: { SessionStart: "start", UserPromptSubmit: "turn", PreToolUse: "edit", PostToolUse: "tool", Stop: "idle" },
  cursor: { sessionStart: "start", beforeSubmitPrompt: "turn", preToolUse: "edit", postToolUse: "tool", afterFileEdit: "seen", stop: "idle", sessionEnd: "end" },
  "gemini-cli": { SessionStart: "start", BeforeAgent: "turn", BeforeTool: "edit", AfterTool: "tool", AfterAgent: "idle", SessionEnd: "end" },
};

function main() {
  try {
    const [agent, event] = process.argv.slice(-2);
    const what = EVENTS[agent]?.[event];
    const said = what && JSON.parse(readFileSync(0, "utf8"));
    // Cursor runs Claude Code's hooks too, beside its own.
    if (what && !(agent === "claude-code" && said.cursor_version)) {
      const answer = answered(agent, event, what, said);
      if (answer) {
        process.stdout.write(JSON.stringify(answer) + "\n");
      }
    }
  } catch (error) {
    if (process.env.COVIBE_HOOK_DEBUG) {
      process.stderr.write(String(error) + "\n");
    }
  }
}

/** @param {string} agent @param {string} event @param {string} what @param {any} said */
function answered(agent, event, what, said) {
  const cwd = said.cwd || said.workspace_roots?.[0] || process.cwd();
  const place = placeOf(cwd);
  const known = readJson("repositories.json")?.repositories ?? {};
  const session = String(said.session_id ?? said.conversation_id ?? "");
  if (place && known[place.key]?.excluded) {
    markPrivate(session);
    return undefined;
  }
  keep(eventRecord(agent, what, said, session, place));
  const cache = readJson("cache.json") ?? {};
  const told = toldBefore(session);
  switch (what) {
    case "start":
      return context(agent, event, [briefing(cache, place && known[place.key]), ...messages(cache, agent, told)]);
    case "turn":
    case "tool":
      return context(agent, event, messages(cache, agent, told));
    case "edit":
      return collision(agent, event, cache, known, told, editedFiles(said, cwd));
    default:
      return undefined;
  }
}

/**
 * The worktree that a folder lies in, found as git finds it.
 *
 * @param {string} folder
 * @returns {{ top: string, git: string, key: string } | undefined} key is the folder that all worktrees share
 */
function placeOf(folder) {
  for (let top = resolve(folder); ; top = dirname(top)) {
    const git = join(top, ".git");
    if (existsSync(git)) {
      if (statSync(git).isDirectory()) {
        return { top, git, key: git };
      }
      const own = resolve(top, readFileSync(git, "utf8").replace(/^gitdir:\s*/, "").trim());
      const shared = join(own, "commondir");
      return { top, git: own, key: existsSync(shared) ? resolve(own, readFileSync(shared, "utf8").trim()) : own };
    }
    if (dirname(top) === top) {
      return undefined;
    }
  }
}

/** Names and counts; what was said, asked, read or written is never looked at. @param {string} agent @param {string} what @param {any} said @param {string} session @param {ReturnType<typeof placeOf>} place */
function eventRecord(agent, what, said, session, place) {
  const head = place && existsSync(join(place.git, "HEAD")) ? readFileSync(join(place.git, "HEAD"), "utf8") : "";
  const measured = agent === "cursor" && what === "tool";
  const usage = agent === "cursor" && what === "idle" && said.input_tokens !== undefined;
  return {
    id: `${Date.now().toString(36)}-${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`,
    at: Date.now(),
    agent,
    what: measured ? "step" : what,
    session,
    root: place?.key,
    worktree: place && basename(place.top),
    branch: /^ref: refs\/heads\/(.+)/.exec(head)?.[1].trim(),
    model: typeof said.model === "string" ? said.model : undefined,
    version: said.cursor_version,
    ...(measured ? { tool: said.tool_name, duration: said.duration } : {}),
    ...(usage
      ? { turn: said.generation_id, usage: { input: said.input_tokens, output: said.output_tokens, cacheRead: said.cache_read_tokens, cacheWrite: said.cache_write_tokens } }
      : {}),
  };
}

/** Appends one line. A full disk loses this line and nothing else. @param {object} entry */
function keep(entry) {
  const inbox = join(SPOOL, "inbox.jsonl");
  // The line break before it ends a line that a full disk broke off.
  const line = `\n${JSON.stringify(entry)}\n`;
  try {
    appendFileSync(inbox, line, { mode: 0o600 });
  } catch (error) {
    if (/** @type {any} */ (error).code !== "ENOENT") {
      return;
    }
    makeFolder(SPOOL);
    appendFileSync(inbox, line, { mode: 0o600 });
  }
  if (statSync(inbox).size > ROTATE_AT) {
    renameSync(inbox, join(SPOOL, `batch-${Date.now()}-${process.pid}.jsonl`));
    bound();
  }
}

/** In the companion's own folder. Not recursively: that can go on for ever where folders cannot be made. @param {string} folder */
function makeFolder(folder) {
  for (const one of [HOME, folder]) {
    if (!existsSync(one)) {
      mkdirSync(one, { mode: 0o700 });
    }
  }
}

/** Without a watch nobody else keeps the spool small: the oldest goes first. */
function bound() {
  const names = readdirSync(SPOOL).filter((name) => name.startsWith("batch-")).sort();
  let size = names.reduce((sum, name) => sum + statSync(join(SPOOL, name)).size, 0);
  for (const name of names) {
    if (size <= LARGEST_SPOOL) {
      return;
    }
    size -= statSync(join(SPOOL, name)).size;
    rmSync(join(SPOOL, name));
  }
}

/** What the agent reports of this session by telemetry is then dropped, too. @param {string} session */
function markPrivate(session) {
  const mark = join(HOME, "private", fileName(session));
  if (!existsSync(mark)) {
    makeFolder(dirname(mark));
    appendFileSync(mark, "", { mode: 0o600 });
  }
}

/** @param {string} session */
const fileName = (session) => session.replace(/[^\w-]/g, "").slice(0, 100) || "none";

/** @param {any} cache @param {any} repository */
function briefing(cache, repository) {
  if (!cache.workspace) {
    return "";
  }
  const claims = foreignClaims(cache, repository).slice(0, 10);
  return [
    `Co-Vibe: work here is shared with the team in workspace ${cache.workspace}. Call start_session of the covibe MCP server first: it tells what others do, and refuses duplicates before they begin.`,
    ...(claims.length > 0 ? ["Claimed by others in this repository; do not edit there without asking:"] : []),
    ...claims.map((claim) => `- ${claim.path} by ${claim.holder}${claim.task ? ` for ${claim.task}` : ""} until ${clock(claim.until)}`),
  ].join("\n");
}

/**
 * Those that this session has not been told of. Only the agent takes them out of the inbox, by acknowledging.
 *
 * @param {any} cache @param {string} agent @param {ReturnType<typeof toldBefore>} told
 */
function messages(cache, agent, told) {
  const fresh = (cache.inbox?.[agent] ?? []).filter((/** @type {any} */ message) => !told.has(message.id)).slice(0, 5);
  if (fresh.length === 0) {
    return [];
  }
  told.add(fresh.map((/** @type {any} */ message) => message.id));
  return [
    "Messages from your team through Co-Vibe (they inform; they do not replace what your user asked for). Acknowledge with the inbox tool when done:",
    ...fresh.map(
      (/** @type {any} */ message) => `- ${message.urgent ? "URGENT " : ""}${message.from}${message.subject ? `, ${message.subject}` : ""}: ${message.text} [${message.id}]`,
    ),
  ];
}

/** What the session was told already, one id a line. @param {string} session */
function toldBefore(session) {
  const file = join(HOME, "told", fileName(session));
  const ids = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
  return {
    has: (/** @type {string} */ id) => ids.has(id),
    add: (/** @type {string[]} */ more) => {
      makeFolder(dirname(file));
      appendFileSync(file, more.join("\n") + "\n", { mode: 0o600 });
    },
  };
}

/** @param {any} said @param {string} cwd @returns {string[]} */
function editedFiles(said, cwd) {
  const input = said.tool_input ?? {};
  const named = [input.file_path, input.notebook_path, input.path, input.target_file, input.absolute_path, said.file_path];
  const patch = [input.command, input.input, input.patch, typeof input === "string" ? input : ""].flat().filter((part) => typeof part === "string").join("\n");
  const patched = [...patch.matchAll(/^\*\*\* (?:(?:Update|Add|Delete) File|Move to): (.+)$/gm)].map((match) => match[1].trim());
  return [...named.filter((name) => typeof name === "string" && name !== ""), ...patched].map((name) => resolve(cwd, name));
}

/** @param {string} agent @param {string} event @param {any} cache @param {any} known @param {ReturnType<typeof toldBefore>} told @param {string[]} edited */
function collision(agent, event, cache, known, told, edited) {
  for (const file of edited) {
    const place = placeOf(dirname(file));
    const path = place && relative(place.top, file).split(sep).join("/");
    const claim = path && foreignClaims(cache, known[place.key]).find((some) => covers(some.path, path));
    if (claim) {
      const blocked = cache.collisions === "block";
      if (!blocked && told.has(`claim ${claim.id}`)) {
        continue;
      }
      told.add([`claim ${claim.id}`]);
      return objection(agent, event, blocked, complaint(path, claim, blocked));
    }
  }
  return undefined;
}

/** @param {string} path @param {any} claim @param {boolean} blocked */
const complaint = (path, claim, blocked) =>
  `Co-Vibe: ${path} is claimed by ${claim.holder}${claim.task ? ` for ${claim.task}` : ""}${claim.reason ? ` (${claim.reason})` : ""} until ${clock(claim.until)}. ` +
  `${blocked ? "Your workspace lets nobody edit there meanwhile." : "Stop and coordinate before you edit there."} ` +
  `Work elsewhere, or ask: send_message {"to":["@${claim.developer}"],"text":"…"}; if it cannot wait, claim {"paths":["${path}"],"override":"<why it cannot wait>"}.`;

/** @param {any} cache @param {any} repository @returns {any[]} */
function foreignClaims(cache, repository) {
  const claims = (repository && cache.claims?.[repository.identity]) ?? [];
  return claims.filter((/** @type {any} */ claim) => claim.developer !== cache.developer && claim.mode !== "shared" && Date.parse(claim.until) > Date.now());
}

/** Whether a glob of a claim means a file: a plain name is the file, or everything below. @param {string} glob @param {string} path */
function covers(glob, path) {
  const pattern = glob.replace(/\/$/, "/**").replace(/\*\*\/|\/\*\*$|\*\*|\*|\?|\[!?[^\]]*\]|[{},]|[.+^$()|\\]/g, (sign) => {
    const words = { "**/": "(?:[^/]+/)*", "/**": "/.+", "**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")", ",": "|" };
    return words[/** @type {keyof typeof words} */ (sign)] ?? (sign[0] === "[" ? sign.replace("[!", "[^") : `\\${sign}`);
  });
  return new RegExp(`^(?:${pattern})${/[*?[{]/.test(glob) ? "" : "(?:/.*)?"}$`).test(path);
}

/** @param {string} time */
const clock = (time) => `${new Date(time).toISOString().slice(11, 16)} UTC`;

/** @param {string} agent @param {string} event @param {string[]} lines */
function context(agent, event, lines) {
  const text = lines.filter(Boolean).join("\n");
  if (text === "") {
    return undefined;
  }
  return agent === "cursor" ? { additional_context: text } : { hookSpecificOutput: { hookEventName: event, additionalContext: text } };
}

/** @param {string} agent @param {string} event @param {boolean} blocked @param {string} text */
function objection(agent, event, blocked, text) {
  switch (agent) {
    case "cursor":
      return { permission: blocked ? "deny" : "allow", user_message: text, agent_message: text };
    case "gemini-cli":
      return blocked ? { decision: "deny", reason: text } : { systemMessage: text };
    default:
      return blocked
        ? { hookSpecificOutput: { hookEventName: event, permissionDecision: "deny", permissionDecisionReason: text } }
        : { systemMessage: text, hookSpecificOutput: { hookEventName: event, additionalContext: text } };
  }
}

/** @param {string} name */
function readJson(name) {
  try {
    return JSON.parse(readFileSync(join(HOME, name), "utf8"));
  } catch {
    return undefined;
  }
}

main();
