// Agents at work over MCP that make a call again when its answer did not come, as docs/rest.md tells them to.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "../browser/harness/until.js";

const RETRY_MS = 100;
const BETWEEN_MS = 300;
const PATIENCE_MS = 120_000;

/**
 * Answers what the tool says; throws where it is not known whether anything was done.
 *
 * @param patience how long the answer may take, in milliseconds
 */
export async function call(server, token, name, args, patience = 10_000) {
  const answer = await fetch(`${server.origin}/api/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } }),
    signal: AbortSignal.timeout(patience),
  });
  const text = await answer.text();
  const message = JSON.parse(text.startsWith("{") ? text : text.replace(/^[^]*?data: ?/, ""));
  if (!answer.ok || message.error || message.result.isError) {
    throw new Error(`${answer.status} ${text}`);
  }
  return message.result.structuredContent;
}

/**
 * Agents, one for each task, that log one line after the other, each with its own key. A call whose answer never came is
 * made again with the same key, at whichever server is there.
 *
 * @param servers answers those that can be asked now
 * @param between how long an agent thinks between two lines, and `patience` how long it waits for an answer, in milliseconds
 */
export function crowd(servers, token, tasks, { between = BETWEEN_MS, patience = 10_000 } = {}) {
  const name = randomUUID();
  const acknowledged = new Map();
  const troubles = [];
  let working = true;
  async function agent(n) {
    for (let line = 0; working; line++) {
      const key = `${name}-${n}-${line}`;
      const deadline = Date.now() + PATIENCE_MS;
      for (let attempt = 0; !acknowledged.has(key); attempt++) {
        const there = servers();
        const began = Date.now();
        try {
          const args = { kind: "progress", task: tasks[n], text: key, idempotency_key: key };
          const { event } = await call(there[(n + attempt) % there.length], token, "log", args, patience);
          acknowledged.set(key, event);
        } catch (trouble) {
          troubles.push({ key, attempt, took: Date.now() - began, said: `${trouble.message} ${trouble.cause?.code ?? ""}`.trim() });
          if (Date.now() > deadline) {
            throw new Error(`${key} never got through: ${trouble.message}`);
          }
          await pause(RETRY_MS);
        }
      }
      await pause(between);
    }
  }
  const agents = Array.from(tasks, (_, n) => agent(n));
  return {
    acknowledged,
    troubles,
    progress: (many) => {
      const goal = acknowledged.size + many;
      return until(`${many} more lines`, () => acknowledged.size >= goal, PATIENCE_MS);
    },
    stop: () => {
      working = false;
      return Promise.all(agents);
    },
  };
}

/** Plans one task for each title; answers their keys. */
export async function planned(server, token, titles) {
  const tasks = [];
  for (const title of titles) {
    tasks.push((await call(server, token, "plan", { title }, PATIENCE_MS)).task.key);
  }
  return tasks;
}

/** The ids of every line that was logged, as often as they are there: fewer than the 200 that a story shows. */
export async function told(server, token, tasks) {
  const lines = [];
  for (const task of tasks) {
    const answer = await fetch(`${server.origin}/api/tasks/${task}/events`, { headers: { authorization: `Bearer ${token}` } });
    const story = await answer.json();
    if (story.length >= 200) {
      throw new Error("The story is cut, so lines may be missing from it.");
    }
    lines.push(...story.filter((event) => event.kind === "progressed").map((event) => event.id));
  }
  return lines;
}
