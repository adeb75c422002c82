// QLT-8: servers are killed, replaced and left without a database while agents work. What was acknowledged is there, once.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { startSecondServer, startServer, stopServers } from "../browser/harness/servers.js";
import { until } from "../browser/harness/until.js";
import { call, crowd, planned, told } from "./crowd.js";

const WORK = ["Cut the grass", "Paint a boat", "Tune the piano", "Bake rye bread", "Sort old stamps", "Mend two nets"];
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
  tasks = await planned(first, token, WORK);
});

after(stopServers);

/** Kills one process of the database, which makes PostgreSQL drop every connection and recover from its log. */
async function crashDatabase() {
  const [postmaster] = (await readFile(join(first.data, "postgres/postmaster.pid"), "utf8")).split("\n");
  const { stdout } = await promisify(execFile)("ps", ["-o", "pid=,args=", "--ppid", postmaster]);
  const backend = stdout.split("\n").find((line) => line.includes("covibe_app"));
  assert.ok(backend, stdout);
  process.kill(Number(backend.trim().split(/\s+/)[0]), "SIGKILL");
}

async function nothingIsLost(agents) {
  assert.deepEqual((await told(first, token, tasks)).toSorted(), [...agents.acknowledged.values()].toSorted());
}

test("Nothing acknowledged is lost or done twice when a server is killed and the database crashes", async () => {
  const agents = crowd(() => [second, first], token, tasks);
  await agents.progress(40);

  second.process.kill("SIGKILL");
  await until("the killed server to be gone", () => second.hasEnded());
  await agents.progress(40);
  second = await startSecondServer(first, UNLIMITED);
  await agents.progress(40);

  await crashDatabase();
  await agents.progress(60);

  await agents.stop();
  assert.ok(agents.troubles.length > 0, "nobody noticed anything, so nothing was proved");
  await nothingIsLost(agents);
});

test("A key that was used before the crash acts once after it too", async () => {
  const once = { kind: "note", task: tasks[0], text: "Said once", idempotency_key: "said-once" };
  const { event } = await call(first, token, "log", once);
  await crashDatabase();
  await until("the database to answer again", () => call(second, token, "find_work", { view: "mine" }).then(Boolean, () => false), PATIENCE_MS);
  assert.equal((await call(second, token, "log", once)).event, event);
  await assert.rejects(call(first, token, "log", { ...once, text: "Something else" }), /idempotency.key-reused/);
});

test("Two instances are replaced one after the other, and no call is lost or turned away again and again", async () => {
  tasks = await planned(first, token, ["Wash a tent", "Glue the vase", "Plant six bulbs", "Oil both hinges"]);
  const balanced = [second, await startSecondServer(first, UNLIMITED)];
  const agents = crowd(() => [...balanced], token, tasks, { between: 50 });
  await agents.progress(40);
  for (const [place, old] of [...balanced.entries()]) {
    if (place === 0) {
      // The newer of two versions comes up while the older one still serves.
      balanced.push(await startSecondServer(first, UNLIMITED));
    }
    const ended = old.stop();
    await agents.progress(20);
    balanced.splice(balanced.indexOf(old), 1);
    assert.equal(await ended, 0, "a server that is asked to stop ends well");
    await agents.progress(20);
  }
  await agents.stop();
  await nothingIsLost(agents);
  const again = agents.troubles.filter(({ attempt }) => attempt > 3);
  assert.deepEqual(again, [], "somebody was turned away again and again");
});
