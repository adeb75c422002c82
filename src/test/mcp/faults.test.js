// QLT-8: servers are killed and PostgreSQL crashes while agents work. What was acknowledged is there, once.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { startSecondServer, startServer, stopServers } from "../browser/harness/servers.js";
import { until } from "../browser/harness/until.js";

const WORK = ["Cut the grass", "Paint a boat", "Tune the piano", "Bake rye bread", "Sort old stamps", "Mend two nets"];
const AGENTS = WORK.length;
const RETRY_MS = 100;
const BETWEEN_MS = 300;
const PATIENCE_MS = 60_000;

// Eight agents with one token are more than one machine usually has.
const UNLIMITED = { COVIBE_LIMITS_MCP: "off" };

let first;
let second;
let token;
let tasks;

before(async () => {
  first = await startServer(UNLIMITED);
  token = await first.run("token", "--email", "lin@example.com", "--workspace", "core", "--agent", "codex");
  second = await startSecondServer(first, UNLIMITED);
  tasks = [];
  for (const title of WORK) {
    tasks.push((await call(first, "plan", { title })).task.key);
  }
});

after(stopServers);

/** Answers what the tool says; throws where it is not known whether anything was done. */
async function call(server, name, args) {
  const answer = await fetch(`${server.origin}/api/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await answer.text();
  const message = JSON.parse(text.startsWith("{") ? text : text.replace(/^[^]*?data: ?/, ""));
  if (!answer.ok || message.error || message.result.isError) {
    throw new Error(`${answer.status} ${text}`);
  }
  return message.result.structuredContent;
}

/**
 * Agents that log one line after the other, each with its own key. A call whose answer never came is made again with the
 * same key, at whichever server is there.
 */
function crowd() {
  const acknowledged = new Map();
  let working = true;
  let troubles = 0;
  async function agent(n) {
    for (let line = 0; working; line++) {
      const key = `agent-${n}-line-${line}`;
      const deadline = Date.now() + PATIENCE_MS;
      for (let attempt = 0; !acknowledged.has(key); attempt++) {
        const server = (n + attempt) % 2 ? first : second;
        try {
          const { event } = await call(server, "log", { kind: "progress", task: tasks[n], text: key, idempotency_key: key });
          acknowledged.set(key, event);
        } catch (trouble) {
          troubles++;
          if (Date.now() > deadline) {
            throw new Error(`${key} never got through: ${trouble.message}`);
          }
          await pause(RETRY_MS);
        }
      }
      await pause(BETWEEN_MS);
    }
  }
  const agents = Array.from({ length: AGENTS }, (_, n) => agent(n));
  return {
    acknowledged,
    troubles: () => troubles,
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

/** Kills one process of the database, which makes PostgreSQL drop every connection and recover from its log. */
async function crashDatabase() {
  const [postmaster] = (await readFile(join(first.data, "postgres/postmaster.pid"), "utf8")).split("\n");
  const { stdout } = await promisify(execFile)("ps", ["-o", "pid=,args=", "--ppid", postmaster]);
  const backend = stdout.split("\n").find((line) => line.includes("covibe_app"));
  assert.ok(backend, stdout);
  process.kill(Number(backend.trim().split(/\s+/)[0]), "SIGKILL");
}

/** The events of every line that was logged, as often as they are there: fewer than the 200 that a story shows. */
async function told() {
  const lines = [];
  for (const task of tasks) {
    const answer = await fetch(`${first.origin}/api/tasks/${task}/events`, { headers: { authorization: `Bearer ${token}` } });
    const story = await answer.json();
    assert.ok(story.length < 200, "the story is cut, so lines may be missing from it");
    lines.push(...story.filter((event) => event.kind === "progressed").map((event) => event.id));
  }
  return lines;
}

test("Nothing acknowledged is lost or done twice when a server is killed and the database crashes", async () => {
  const agents = crowd();
  await agents.progress(40);

  second.process.kill("SIGKILL");
  await until("the killed server to be gone", () => second.hasEnded());
  await agents.progress(40);
  second = await startSecondServer(first, UNLIMITED);
  await agents.progress(40);

  await crashDatabase();
  await agents.progress(60);

  await agents.stop();
  assert.ok(agents.troubles() > 0, "nobody noticed anything, so nothing was proved");
  assert.deepEqual((await told()).toSorted(), [...agents.acknowledged.values()].toSorted());
});

test("A key that was used before the crash acts once after it too", async () => {
  const once = { kind: "note", task: tasks[0], text: "Said once", idempotency_key: "said-once" };
  const { event } = await call(first, "log", once);
  await crashDatabase();
  await until("the database to answer again", () => call(second, "find_work", { view: "mine" }).then(Boolean, () => false), PATIENCE_MS);
  assert.equal((await call(second, "log", once)).event, event);
  await assert.rejects(call(first, "log", { ...once, text: "Something else" }), /idempotency.key-reused/);
});
