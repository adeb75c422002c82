// QLT-8, what takes longer than a test run allows: `./covibe bench faults`. A slow network, one that swallows everything,
// and a full disk, each while agents work.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { startSecondServer, startServer, stopServers } from "../browser/harness/servers.js";
import { until } from "../browser/harness/until.js";
import { call, crowd, planned, told } from "./crowd.js";

const WORK = ["Cut the grass", "Paint a boat", "Tune the piano", "Bake rye bread"];
const UNLIMITED = { COVIBE_LIMITS_MCP: "off" };
const DISK_MIB = 400;
const PATIENT_MS = 40_000;
const SOCKET_SECONDS = 4;
const PATIENCE_MS = 120_000;

/** A bad line between two programs: late, in crumbs, or mute. */
class Line {
  constructor(port, { delay = 0, crumb = Infinity } = {}) {
    this.delay = delay;
    this.crumb = crumb;
    this.mute = false;
    this.sockets = new Set();
    this.server = createServer((near) => {
      const far = createConnection(port, "127.0.0.1");
      for (const [from, to] of [[near, far], [far, near]]) {
        this.sockets.add(from);
        from.on("error", () => {}).on("close", () => to.destroy());
        this.carry(from, to);
      }
    });
  }

  async carry(from, to) {
    try {
      for await (const bytes of from) {
        for (let at = 0; at < bytes.length; at += this.crumb) {
          while (this.mute) await pause(50);
          await pause(this.delay);
          to.write(bytes.subarray(at, Math.min(bytes.length, at + this.crumb)));
        }
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  async open() {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return this;
  }

  get port() {
    return this.server.address().port;
  }

  close() {
    this.server.close();
    this.sockets.forEach((socket) => socket.destroy());
  }
}

const portOf = (server) => Number(new URL(server.origin).port);

async function furnished(server) {
  const token = await server.run("token", "--email", "lin@example.com", "--workspace", "core", "--agent", "codex");
  return { token, tasks: await planned(server, token, WORK) };
}

async function nothingIsLost(server, token, tasks, agents) {
  assert.deepEqual((await told(server, token, tasks)).toSorted(), [...agents.acknowledged.values()].toSorted());
}

after(stopServers);

test("On a network", async (t) => {
  let first;
  let token;
  let tasks;
  let databasePort;

  t.before(async () => {
    first = await startServer(UNLIMITED);
    ({ token, tasks } = await furnished(first));
    databasePort = Number(readFileSync(join(first.data, "postgres/postmaster.pid"), "utf8").split("\n")[3]);
  });

  /** A second server that reaches the database by that line. */
  const behind = (line, options = "") =>
    startSecondServer(first, { ...UNLIMITED, COVIBE_DATABASE_POOL: "6" }, (url) => `${url.replace(/:\d+\//, `:${line.port}/`)}${options}`);

  await t.test("that is slow and brings everything in crumbs, all calls get through", async () => {
    const line = await new Line(portOf(first), { delay: 20, crumb: 100 }).open();
    try {
      const agents = crowd(() => [{ origin: `http://127.0.0.1:${line.port}` }], token, tasks, { patience: PATIENT_MS });
      await agents.progress(20);
      await agents.stop();
      assert.deepEqual(agents.troubles, []);
      await nothingIsLost(first, token, tasks, agents);
    } finally {
      line.close();
    }
  });

  await t.test("to the database that is slow, all calls get through, and and another server serves meanwhile", async () => {
    const line = await new Line(databasePort, { delay: 25 }).open();
    const far = await behind(line);
    tasks = await planned(first, token, ["Rake leaves", "Clean the gutter", "Split logs", "Stack the wood"]);
    try {
      const agents = crowd(() => [far], token, tasks, { between: 50, patience: PATIENT_MS });
      await agents.progress(20);
      const began = Date.now();
      await call(first, token, "find_work", { view: "all" }, PATIENT_MS);
      t.diagnostic(`the other server took ${Date.now() - began} ms`);
      await agents.progress(10);
      await agents.stop();
      assert.deepEqual(agents.troubles, []);
      await nothingIsLost(first, token, tasks, agents);
    } finally {
      line.close();
      await far.stop();
    }
  });

  await t.test("to the database that swallows everything, calls end, and go on when it does", async () => {
    const line = await new Line(databasePort).open();
    const far = await behind(line, `?socketTimeout=${SOCKET_SECONDS}`);
    tasks = await planned(first, token, ["Polish shoes", "Darn two socks", "Iron the shirts", "Sew a button"]);
    try {
      const agents = crowd(() => [far], token, tasks, { between: 50, patience: PATIENT_MS });
      await agents.progress(20);
      line.mute = true;
      await until("a call to end", () => agents.troubles.length >= tasks.length, PATIENCE_MS);
      assert.ok(agents.troubles.every(({ took }) => took < PATIENT_MS), JSON.stringify(agents.troubles));
      assert.ok((await fetch(`${far.origin}/q/health/live`)).ok, "the server itself is well");
      line.mute = false;
      await agents.progress(30);
      await agents.stop();
      await nothingIsLost(first, token, tasks, agents);
    } finally {
      line.mute = false;
      line.close();
      await far.stop();
    }
  });
});

/** Mounts in a namespace of its own need no rights, where the system allows such namespaces. */
function smallDisks() {
  try {
    execFileSync("unshare", ["-rm", "true"], { stdio: "ignore" });
    return false;
  } catch {
    return "this system has no user namespaces";
  }
}

test("A full disk loses nothing that was acknowledged, and work goes on when there is room again", { skip: smallDisks() }, async () => {
  let server = await startServer(UNLIMITED, { diskMiB: DISK_MIB });
  const { token, tasks } = await furnished(server);
  const postgres = () => `/proc/${server.inside()}/root${join(server.data, "postgres")}`;
  const ballast = () => join(postgres(), "ballast");
  const agents = crowd(() => [server], token, tasks, { between: 50, patience: PATIENT_MS });
  await agents.progress(20);

  const free = statfsSync(postgres());
  writeFileSync(ballast(), Buffer.alloc(Math.max(0, free.bavail * free.bsize - 4096)));
  const filler = "x".repeat(19_000);
  const troubles = agents.troubles.length;
  for (let n = 0; agents.troubles.length === troubles && n < 400; n++) {
    await call(server, token, "log", { kind: "note", task: tasks[0], text: `${n} ${filler}` }).catch(() => {});
  }
  assert.ok(agents.troubles.length > troubles, "nobody noticed that the disk is full");
  assert.ok(!server.hasEnded(), `the server ended: ${server.said}`);
  assert.ok(agents.troubles.every(({ said }) => !/PSQLException|No space/.test(said)), "the inside was told outside");

  rmSync(ballast());
  await agents.progress(20);
  await agents.stop();
  await nothingIsLost(server, token, tasks, agents);
});
