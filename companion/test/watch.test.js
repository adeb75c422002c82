import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, test } from "node:test";
import { FakeServer } from "./fake-server.js";
import { Machine } from "./machine.js";

let machine;
let server;
let web;
const children = [];

beforeEach(async () => {
  machine = new Machine();
  server = await new FakeServer().start();
  machine.environment.COVIBE_ROUND_MS = "50";
  machine.environment.COVIBE_TELEMETRY_PORT = String(await freePort());
  connect(server);
  web = machine.repository("web", { commits: 3 });
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await server.stop();
  machine.remove();
});

function connect(to, tokens = { "claude-code": "cvb_claude", codex: "cvb_codex" }) {
  machine.write(".covibe/credentials.json", { origin: to.origin, tokens, developer: "lin", workspace: "Core" });
  Object.values(tokens).forEach((token) => to.tokens.add(token));
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}

const event = (name, more) => machine.hook("claude-code", name, { session_id: "s-1", cwd: web, ...more });
const watchOnce = () => machine.run("watch", "--once");
const state = () => machine.json(".covibe/watch.json");
const batches = () => readdirSync(machine.path(".covibe/spool")).filter((name) => name.startsWith("batch-"));

async function until(what, check) {
  for (let i = 0; i < 200; i++) {
    if (await check()) return;
    await pause(50);
  }
  assert.fail(`never: ${what}`);
}

test("what agents did comes to the server, with the repository, and is gone from the disk", async () => {
  await event("SessionStart");
  await machine.hook("codex", "SessionStart", { session_id: "s-2", cwd: web });
  await event("SessionEnd");
  const { code, err } = await watchOnce();
  assert.equal(code, 0, err);
  const items = [...server.ingested.values()];
  assert.deepEqual(items.map(({ kind, agent, session }) => `${kind} ${agent} ${session}`).sort(), ["session_end claude-code s-1", "session_start claude-code s-1", "session_start codex s-2"]);
  assert.ok(items.every(({ repository, branch, worktree }) => repository === "github.com/acme/web" && branch === "main" && worktree === "web"));
  assert.deepEqual(server.to("/api/ingest").map(({ token }) => token).sort(), ["cvb_claude", "cvb_codex"], "each agent with its own token");
  assert.deepEqual(batches(), []);
  await watchOnce();
  assert.equal(server.to("/api/ingest").length, 2, "nothing is sent twice");
});

test("the server gets the history that it lacks, once, and where the worktrees stand", async () => {
  await event("SessionStart");
  writeFileSync(`${web}/new.txt`, "content");
  await watchOnce();
  const snapshots = server.to("/api/snapshots").map(({ text }) => JSON.parse(text));
  assert.deepEqual(snapshots[0].repository, { remote: "github.com/acme/web" });
  assert.deepEqual(snapshots[0].worktrees, [{ name: "web", branch: "main", head: machine.git("web", "rev-parse", "HEAD"), staged: 0, modified: 0, untracked: 1, conflicted: 0 }]);
  assert.deepEqual(snapshots[1].commits.map(({ subject, author }) => `${subject} by ${author}`), ["Change 3 by Lin", "Change 2 by Lin", "Change 1 by Lin"]);
  machine.git("web", "commit", "-q", "--allow-empty", "-m", "Change 4");
  await watchOnce();
  const more = server.to("/api/snapshots").slice(snapshots.length).map(({ text }) => JSON.parse(text));
  assert.deepEqual(more.flatMap(({ commits }) => commits.map(({ subject }) => subject)), ["Change 4"]);
});

test("a repository without a remote is called by its first commit", async () => {
  const lone = machine.repository("lone", { remote: "", commits: 2 });
  await machine.hook("claude-code", "SessionStart", { session_id: "s", cwd: lone });
  await watchOnce();
  const root = machine.git("lone", "rev-list", "--max-parents=0", "HEAD");
  assert.deepEqual(JSON.parse(server.to("/api/snapshots")[0].text).repository, { root, name: "lone" });
  assert.equal([...server.ingested.values()][0].repository, `root:${root}`);
});

test("hooks get claims and messages from it", async () => {
  server.claims = [{ id: "c-1", developer: "mia", agent: "codex", path: "src/**", mode: "exclusive", expires_at: new Date(Date.now() + 1e6).toISOString(), task: { key: "WEB-1", title: "Passkeys" } }];
  server.messages = [{ id: "m-1", from: "mia", text: "Wait, please", priority: "urgent", to: ["@lin"] }];
  server.collisions = "block";
  await event("SessionStart");
  await watchOnce();
  const blocked = JSON.parse((await event("PreToolUse", { tool_input: { file_path: "src/a" } })).out);
  assert.match(blocked.hookSpecificOutput.permissionDecisionReason, /@mia \/ codex for WEB-1 “Passkeys”/);
  assert.match((await event("UserPromptSubmit")).out, /URGENT @mia: Wait, please/);
});

test("500, 401, garbage, a closed port: everything waits, the trouble is named, and later all of it comes", async () => {
  await event("SessionStart");
  for (const [trouble, word, code] of [
    [() => ({ status: 500, body: "oops" }), /500/, "server"],
    [() => ({ status: 401, body: "{}" }), /setup/, "server"],
    [() => ({ status: 200, body: "<html>sign in" }), /not like a Co-Vibe server/, "server"],
    [() => ({ status: 302, headers: { Location: "http://127.0.0.1:1/" } }), /cannot be reached/, "server"],
    [({ path }) => (path.startsWith("/api/ingest") ? { status: 503, body: "" } : undefined), /503/, "server"],
  ]) {
    server.trouble = trouble;
    await watchOnce();
    assert.match(state().problems[code], word);
    assert.equal(batches().length, 1);
  }
  server.trouble = undefined;
  await watchOnce();
  assert.equal(server.ingested.size, 1);
  assert.deepEqual(state().problems, {});
});

test("a week offline comes in order, in bounded pieces, and each thing once", async () => {
  const week = 7 * 24 * 3600_000;
  const line = (session, what, at) => JSON.stringify({ id: `${session}-${what}-${at}`, at, agent: "claude-code", what, session, root: `${web}/.git`, worktree: "web", branch: "main" });
  const begin = Date.now() - week;
  for (let day = 0; day < 7; day++) {
    const lines = [];
    for (let i = 0; i < 100; i++) {
      const at = begin + day * 86_400_000 + i * 60_000;
      lines.push(line(`s-${day}-${i}`, "start", at), ...Array.from({ length: 30 }, (_, step) => line(`s-${day}-${i}`, "tool", at + step)), line(`s-${day}-${i}`, "end", at + 50_000));
    }
    machine.write(`.covibe/spool/batch-${begin + day}-1-a.jsonl`, lines.join("\n") + "\n");
  }
  await pause(1100);
  // The network comes back and goes again in the middle.
  let calls = 0;
  server.trouble = ({ path }) => (path === "/api/ingest" && ++calls === 5 ? { status: 502, body: "" } : undefined);
  await watchOnce();
  assert.ok(batches().length > 0);
  await watchOnce();
  assert.deepEqual(batches(), []);
  const items = server.to("/api/ingest").filter((_, i) => i !== 4).flatMap(({ text }) => JSON.parse(text).items);
  assert.ok(server.to("/api/ingest").every(({ text }) => JSON.parse(text).items.length <= 5000));
  const starts = items.filter(({ kind }) => kind === "session_start").map(({ session }) => session);
  assert.equal(starts.length, 700);
  assert.equal(new Set(starts).size, 700);
  assert.equal(items.filter(({ kind }) => kind === "session_end").length, 700);
  assert.ok(items.length < 3000, `${items.length}: of many signs of life one is enough`);
});

test("one revoked token does not hold up the other agents", async () => {
  await machine.hook("codex", "SessionStart", { session_id: "s-2", cwd: web });
  await event("SessionStart");
  server.tokens.delete("cvb_codex");
  await watchOnce();
  assert.deepEqual([...server.ingested.values()].map(({ agent }) => agent), ["claude-code"]);
  assert.match(state().problems.tokens, /setup/);
  server.tokens.add("cvb_codex");
  await watchOnce();
  assert.deepEqual([...server.ingested.values()].map(({ agent }) => agent), ["claude-code", "codex"]);
});

test("the machine is heard of, also when the first of its tokens was revoked", async () => {
  await event("SessionStart");
  server.tokens.delete("cvb_claude");
  await watchOnce();
  assert.ok(server.to("/api/companion/heartbeat").some(({ token }) => token === "cvb_codex"));
  assert.ok(server.to("/api/snapshots").length > 0);
});

test("an agent without a token of its own waits, and is not booked as another", async () => {
  await machine.hook("gemini-cli", "SessionStart", { session_id: "g", cwd: web });
  await event("SessionStart");
  await watchOnce();
  assert.deepEqual([...server.ingested.values()].map(({ agent }) => agent), ["claude-code"]);
  assert.match(state().problems.tokens, /no token for gemini-cli.*setup/);
  assert.equal(batches().length, 1);
});

test("an event that the server refuses is left out, and costs no other", async () => {
  for (const session of ["a", "bad", "c"]) await event("SessionStart", { session_id: session });
  server.trouble = ({ path, text }) => (path === "/api/ingest" && text.includes('"bad"') ? { status: 400, body: '{"code":"request.malformed"}' } : undefined);
  await watchOnce();
  assert.deepEqual([...server.ingested.values()].map(({ session }) => session), ["a", "c"]);
  assert.equal(state().refused, 1);
  assert.deepEqual(batches(), []);
});

test("a torn line, as a full disk leaves it, costs that line alone", async () => {
  machine.write(".covibe/spool/inbox.jsonl", '{"id":"1","at":17');
  await event("SessionStart");
  await watchOnce();
  assert.equal(server.ingested.size, 1);
});

test("a spool that grows too large loses the oldest telemetry first, and says so", async () => {
  machine.environment.COVIBE_SPOOL_BYTES = "3000";
  machine.write(".covibe/spool/telemetry/1-000000-1.codex.logs.json", "x".repeat(2000));
  machine.write(".covibe/spool/telemetry/2-000000-1.codex.logs.json", "y".repeat(900));
  machine.write(".covibe/spool/batch-1-1-a.jsonl", "z".repeat(900));
  server.trouble = () => ({ status: 503 });
  await watchOnce();
  assert.deepEqual(readdirSync(machine.path(".covibe/spool/telemetry")), ["2-000000-1.codex.logs.json"]);
  assert.equal(state().dropped, 2000);
});

test("a clock that runs ahead makes nothing happen in the future", async () => {
  await event("SessionStart");
  const inbox = JSON.parse(machine.read(".covibe/spool/inbox.jsonl").trim());
  machine.write(".covibe/spool/inbox.jsonl", { ...inbox, at: Date.now() + 86_400_000 });
  await watchOnce();
  assert.ok(Date.parse([...server.ingested.values()][0].at) <= Date.now() + 1000);
});

test("there is one watch, a killed one leaves its place to the next, and a stopped one ends well", async () => {
  const first = machine.start("watch");
  children.push(first);
  await until("a lock", () => machine.exists(".covibe/watch.json"));
  const second = await machine.run("watch", "--once");
  assert.equal(second.code, 1);
  assert.match(second.err, new RegExp(`process ${first.pid}`));
  first.kill("SIGKILL");
  await once(first, "exit");
  const third = machine.start("watch");
  children.push(third);
  await until("the next watch", () => state().pid === third.pid);
  third.kill("SIGTERM");
  const [code] = await once(third, "exit");
  assert.equal(code, 0);
  assert.ok(!machine.exists(".covibe/watch.lock"));
});

test("a watch that is killed while it sends loses nothing that the server has not acknowledged", async () => {
  for (let i = 0; i < 3; i++) await event("SessionStart", { session_id: `s-${i}` });
  let reached;
  const asked = new Promise((resolve) => (reached = resolve));
  server.trouble = ({ path }) => {
    if (path === "/api/ingest") {
      reached();
      return { status: 503 };
    }
  };
  const child = machine.start("watch");
  children.push(child);
  await asked;
  child.kill("SIGKILL");
  await once(child, "exit");
  server.trouble = undefined;
  await watchOnce();
  assert.equal(server.ingested.size, 3);
});

test("telemetry comes in on the loopback, is stripped, waits while the server is away, and goes on with the agent's token", async () => {
  server.trouble = ({ path }) => (path.startsWith("/api/otlp") ? { status: 503 } : undefined);
  const child = machine.start("watch");
  children.push(child);
  const base = `http://127.0.0.1:${machine.environment.COVIBE_TELEMETRY_PORT}`;
  const attribute = (key, stringValue) => ({ key, value: { stringValue } });
  const report = {
    resourceLogs: [
      {
        resource: { attributes: [attribute("service.name", "codex"), attribute("host.name", "secret-host")] },
        scopeLogs: [
          { scope: { name: "codex" }, logRecords: [{ timeUnixNano: "1700000000000000000", body: { stringValue: "secret body" }, attributes: [attribute("event.name", "codex.tool_result"), attribute("arguments", "secret args"), attribute("tool_name", "shell"), attribute("conversation.id", "c-1")] }] },
        ],
      },
    ],
  };
  const post = (path, body, headers = {}) => fetch(base + path, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers } }).then(({ status }) => status);
  await until("the receiver", () => post("/covibe/codex/v1/logs", report).catch(() => 0));
  assert.equal(await post("/covibe/codex/v1/logs", report, { Origin: "https://evil.example" }), 404);
  assert.equal(await post("/elsewhere", report), 404);
  assert.equal(await fetch(base + "/covibe/codex/v1/logs", { method: "POST", body: "\u0000protobuf" }).then(({ status }) => status), 415);
  await until("it was tried", () => server.to("/api/otlp").length > 0);
  server.trouble = undefined;
  child.kill();
  await once(child, "exit");
  await watchOnce();
  const [last] = server.to("/api/otlp").slice(-1);
  assert.equal(last.token, "cvb_codex");
  assert.equal(last.path, "/api/otlp/v1/logs");
  assert.ok(last.text.includes("shell") && !last.text.includes("secret"));
  assert.deepEqual(readdirSync(machine.path(".covibe/spool/telemetry")), []);
});

test("exclude stops everything at once, says so to the server by a hash, and include shares it again", async () => {
  await event("SessionStart");
  const { code, out } = await machine.runWith({ cwd: web }, "exclude", "--purge", "--json");
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out).purged, { worktrees: 1, commits: 2 });
  assert.match(server.to("/api/snapshots?")[0].path, /repository=key:[0-9a-f]{64}&machine=.*&sessions=true$/);
  const sent = server.requests.length;
  await event("UserPromptSubmit");
  await watchOnce();
  const after = server.requests.slice(sent);
  assert.ok(!after.some(({ path, text }) => path.startsWith("/api/ingest") || /acme|web/.test(text + decodeURIComponent(path))), JSON.stringify(after.map(({ path, text }) => path + text)));
  await machine.runWith({ cwd: web }, "include");
  assert.doesNotMatch(server.to("/api/snapshots?").at(-1).path, /sessions/);
  await event("UserPromptSubmit");
  await watchOnce();
  assert.equal([...server.ingested.values()][0].repository, "github.com/acme/web");
  assert.ok(server.to("/api/snapshots").some(({ text }) => text.includes("github.com/acme/web")));
});

test("exclude works while the server is away, and the watch tells it later", async () => {
  server.trouble = () => ({ status: 503 });
  assert.equal((await machine.runWith({ cwd: web }, "exclude")).code, 0);
  assert.equal((await machine.runWith({ cwd: web }, "exclude", "--purge")).code, 4);
  server.trouble = undefined;
  await watchOnce();
  assert.equal(JSON.parse(server.to("/api/snapshots").at(-1).text).repository.private, true);
});
