// `mcp`: an MCP server on stdin and stdout that is the one at /api/mcp. It bears a server that restarts: what is asked
// meanwhile waits, and what changes something carries a key, so that asking again does nothing twice.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { connection } from "./credentials.js";
import { isExcluded } from "./exclusion.js";
import { bridged } from "./letters.js";
import { gitFolderOf, repositories } from "./repositories.js";
import { messagesIn, readMessages } from "./mcp-answer.js";
import { carry } from "./post.js";
import { EXIT, reason } from "./problem.js";
import { version } from "./version.js";

const PATIENCE_MS = 120_000;
const RETRY_FOR_MS = Number(process.env.COVIBE_BRIDGE_RETRY_MS) || 60_000;
const PASSING = new Set([429, 502, 503, 504]);

/** @param {{ agent?: string, baseUrl?: string }} options */
export async function mcp({ agent, baseUrl }) {
  if (await isExcluded(process.cwd())) {
    return silent();
  }
  const folder = (await gitFolderOf(process.cwd())) ?? "";
  const isPrivate = () => repositories()[folder]?.excluded === true;
  const bridge = new Bridge(isPrivate, () => connection(agent, baseUrl), (message) => process.stdout.write(JSON.stringify(message) + "\n"));
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") {
      continue;
    }
    const work = bridge.take(line).finally(() => running.delete(work));
    running.add(work);
    // What follows the greeting needs its answer.
    if (bridge.isGreeting(line)) {
      await work;
    }
  }
  await Promise.all(running);
  return EXIT.FINE;
}

/** In a repository that is kept private the agent finds a server without tools, and nothing reaches the real one. */
async function silent() {
  /** @type {Record<string, object>} */
  const lists = { "tools/list": { tools: [] }, "resources/list": { resources: [] }, "prompts/list": { prompts: [] }, ping: {} };
  for await (const line of createInterface({ input: process.stdin })) {
    const message = messagesIn(line)[0];
    if (message?.id === undefined) {
      continue;
    }
    const greeting = {
      protocolVersion: message.params?.protocolVersion ?? "2025-06-18",
      capabilities: { tools: {} },
      serverInfo: { name: "covibe", version },
      instructions: "This repository is private: Co-Vibe has no tools here.",
    };
    const result = message.method === "initialize" ? greeting : lists[message.method];
    const error = { code: -32601, message: "This repository is private: Co-Vibe does nothing here." };
    process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id: message.id, ...(result ? { result } : { error }) }) + "\n");
  }
  return EXIT.FINE;
}

class Bridge {
  /**
   * @param {() => boolean} isPrivate asked for each message: a repository may become so while an agent is at work
   * @param {() => { origin: string, token: string }} connect asked for each message, so that a new token is taken at once
   * @param {(message: unknown) => void} emit
   */
  constructor(isPrivate, connect, emit) {
    this.isPrivate = isPrivate;
    this.connect = connect;
    this.emit = emit;
    /** @type {Record<string, string>} */
    this.headers = {};
    /** @type {Set<string>} tools whose calls may carry a key */
    this.keyed = new Set();
    /** @type {any} */
    this.greeting = undefined;
    /** @type {Promise<void> | undefined} */
    this.greetingAgain = undefined;
  }

  /** @param {string} line */
  isGreeting(line) {
    return line.includes('"initialize"');
  }

  /** @param {string} line */
  async take(line) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      this.emit({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "That is not JSON." } });
      return;
    }
    if (message?.method === "initialize") {
      this.greeting = message;
      this.headers = {};
    }
    const call = this.withKey(message);
    try {
      if (this.isPrivate()) {
        throw Object.assign(new Error("This repository is private on this machine: nothing is sent."), { next: "`covibe-local include` shares it." });
      }
      for (const answer of await this.ask(call)) {
        this.learn(call, answer);
        this.emit(answer);
      }
    } catch (error) {
      this.fail(message, error);
    }
  }

  /** @param {any} message @param {any} error */
  fail(message, error) {
    const next = error?.next ?? "Run: covibe-local doctor";
    process.stderr.write(`covibe: ${reason(error)} ${next}\n`);
    if (message?.id === undefined) {
      return;
    }
    if (message.method === "tools/call") {
      const text = `${reason(error)}\nnext: ${next} Work can go on without it.`;
      this.emit({ jsonrpc: "2.0", id: message.id, result: { isError: true, content: [{ type: "text", text }] } });
    } else {
      this.emit({ jsonrpc: "2.0", id: message.id, error: { code: -32000, message: `${reason(error)} ${next}` } });
    }
  }

  /** @param {any} message */
  withKey(message) {
    const params = message?.params;
    if (message?.method !== "tools/call" || !this.keyed.has(params?.name) || params.arguments?.idempotency_key) {
      return message;
    }
    return { ...message, params: { ...params, arguments: { ...params.arguments, idempotency_key: `bridge-${randomUUID()}` } } };
  }

  /** @param {any} message @param {any} answer */
  learn(message, answer) {
    if (message.method === "initialize" && answer.result?.protocolVersion) {
      this.headers["MCP-Protocol-Version"] = answer.result.protocolVersion;
    }
    for (const tool of message.method === "tools/list" ? (answer.result?.tools ?? []) : []) {
      if (tool.inputSchema?.properties?.idempotency_key) {
        this.keyed.add(tool.name);
      }
    }
  }

  /**
   * @param {any} message
   * @returns {Promise<any[]>} answers, and what the server says beside them
   */
  async ask(message) {
    const end = performance.now() + RETRY_FOR_MS;
    for (let delay = 250; ; delay = Math.min(delay * 2, 5_000)) {
      try {
        const response = await this.post(message);
        if (!PASSING.has(response.status)) {
          return await this.read(message, response);
        }
        await response.body?.cancel();
        if (performance.now() + delay > end) {
          throw new Error(`The server answers ${response.status}.`);
        }
      } catch (error) {
        const away = /** @type {any} */ (error).code === "server.unreachable" || error instanceof TypeError;
        if (!away || performance.now() + delay > end) {
          throw error;
        }
      }
      await pause(delay);
    }
  }

  /** @param {any} message */
  post(message) {
    const to = this.connect();
    const headers = { Accept: "application/json, text/event-stream", ...this.headers };
    return carry(bridged(message), { ...to, patience: PATIENCE_MS, headers });
  }

  /** @param {any} message @param {Response} response @param {boolean} [again] @returns {Promise<any[]>} */
  async read(message, response, again = false) {
    const session = response.headers.get("mcp-session-id");
    if (session) {
      this.headers["Mcp-Session-Id"] = session;
    }
    if (response.status === 404 && this.greeting && message !== this.greeting && !again) {
      await response.body?.cancel();
      // Whoever else is told the same meanwhile waits for the same greeting.
      this.greetingAgain ??= this.greetAgain().finally(() => (this.greetingAgain = undefined));
      await this.greetingAgain;
      return this.read(message, await this.post(message), true);
    }
    if (response.status === 401) {
      throw Object.assign(new Error("The server does not know this machine's token."), { next: "Run `covibe-local setup` again." });
    }
    const answers = await readMessages(response);
    if (answers.length === 0 && message.id !== undefined) {
      throw new Error(`The server answered ${response.status} and nothing else.`);
    }
    return answers;
  }

  /** A server that was restarted does not know the session any more. */
  async greetAgain() {
    delete this.headers["Mcp-Session-Id"];
    await this.read(this.greeting, await this.post(this.greeting));
    await (await this.post({ jsonrpc: "2.0", method: "notifications/initialized" })).body?.cancel();
  }
}
