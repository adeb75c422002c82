// The first minute and the first hour of a machine, against a server as people start it.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { dirname } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { startServer, stopServers } from "../../src/test/browser/harness/servers.js";
import { Machine } from "./machine.js";

const run = promisify(execFile);
let server;
let machine;
let lin;
let child;
let asking;

before(async () => {
  server = await startServer();
  machine = new Machine();
  // Port 0 is any that is free: the machine of whoever runs this may have a watch of its own.
  machine.environment.COVIBE_TELEMETRY_PORT = "0";
  machine.environment.COVIBE_ROUND_MS = "300";
  lin = new Person(server.origin);
  await lin.begin();
});

after(async () => {
  try {
    await Promise.all([child, asking].map(ended));
    machine?.remove();
  } finally {
    await stopServers();
  }
});

/** Waits for it, because until then it writes into the home that is about to be removed. */
async function ended(program) {
  if (program && program.exitCode === null && program.signalCode === null) {
    const exit = once(program, "exit");
    program.kill();
    await exit;
  }
}

/** Somebody at a browser. */
class Person {
  constructor(origin) {
    this.origin = origin;
    this.cookies = new Map();
  }

  async open(path, form) {
    const response = await fetch(this.origin + path, {
      method: form ? "POST" : "GET",
      redirect: "manual",
      headers: { Accept: "text/html", Origin: this.origin, "Sec-Fetch-Site": "same-origin", Cookie: [...this.cookies].map((pair) => pair.join("=")).join("; ") },
      body: form && new URLSearchParams(form),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(";")[0].split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    return response.text();
  }

  async send(path, form) {
    const csrf = /name="csrf" value="([^"]+)"/.exec(await this.open(path))?.[1];
    return this.open(path.split("?")[0], { csrf, ...form });
  }

  async begin() {
    await this.open("/auth/sign-in", { email: "lin@example.com" });
    await this.send("/onboarding", { company: "Acme", workspace: "Core", name: "Lin", handle: "lin" });
  }
}

async function until(what, check) {
  for (let i = 0; i < 60; i++) {
    const found = await check();
    if (found) return found;
    await pause(200);
  }
  assert.fail(`never: ${what}`);
}

const tokens = () => machine.json(".covibe/credentials.json").tokens;
const api = (path, options = {}, token = tokens()["claude-code"]) =>
  fetch(server.origin + path, { ...options, headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" } }).then((response) => response.json());

test("the package is what its manifest says, and npm installs it into a project", async () => {
  const manifest = await fetch(`${server.origin}/downloads/co-vibe.json`).then((response) => response.json());
  const tarball = Buffer.from(await fetch(`${server.origin}/downloads/co-vibe.tgz`).then((response) => response.arrayBuffer()));
  assert.equal(createHash("sha256").update(tarball).digest("hex"), manifest.sha256);
  machine.write("project/package.json", '{"name":"host","private":true}');
  const npm = { cwd: machine.path("project"), env: { ...machine.environment, PATH: `${dirname(process.execPath)}:${process.env.PATH}` } };
  await run("npm", ["install", "--save-dev", "--no-audit", "--no-fund", `${server.origin}/downloads/co-vibe.tgz`], npm);
  const { stdout } = await run("npm", ["exec", "--", "covibe-local", "version"], npm);
  assert.equal(stdout.trim(), manifest.version);
});

test("setup asks, a person approves in the browser, and doctor is content", async () => {
  machine.write(".claude/settings.json", "{}\n");
  machine.write(".codex/config.toml", 'model = "gpt-6"\n');
  const program = machine.path("project/node_modules/.bin/covibe-local");
  const began = performance.now();
  const setup = (asking = execFile(process.execPath, [program, "setup", "--base-url", server.origin, "--no-service"], { cwd: machine.path("project"), env: machine.environment }));
  let said = "";
  setup.stderr.on("data", (text) => (said += text));
  const address = await until("a code", () => /Open (\S+)/.exec(said)?.[1]);
  assert.ok(address.startsWith(`${server.origin}/setup/authorize?`));
  const path = address.slice(server.origin.length);
  const code = new URL(address).searchParams.get("user_code");
  const page = await lin.send(path, { user_code: code, mine: "on", decision: "approve" });
  assert.match(page, /<h1>[^<]*onnected/, /<main[^]*<\/main>/.exec(page)?.[0]);
  const [exit] = await once(setup, "exit");
  assert.equal(exit, 0, said);
  assert.deepEqual(Object.keys(tokens()), ["claude-code", "codex"]);
  child = machine.start("watch");
  const findings = await until("a content doctor", async () => {
    const { code: verdict, out } = await machine.run("doctor", "--json");
    return verdict === 0 && JSON.parse(out).findings;
  });
  assert.ok(findings.some(({ check, message }) => check === "Server" && message.includes(server.origin)));
  console.log(`# from setup to a content doctor: ${((performance.now() - began) / 1000).toFixed(1)} s`);
});

test("a session with a hook event, its repository and its history are seen", async () => {
  const web = machine.repository("web", { commits: 3 });
  await machine.hook("claude-code", "SessionStart", { session_id: "real-1", cwd: web, source: "startup" });
  await machine.hook("claude-code", "UserPromptSubmit", { session_id: "real-1", cwd: web, prompt: "secret words" });
  const session = await until("the session", async () => (await api("/api/sessions")).items?.[0]);
  assert.match(JSON.stringify(session), /github\.com\/acme\/web/);
  await until("the history", async () => JSON.stringify(await api("/api/state")).includes("Change 3"));
  const machines = await until("the machine", async () => {
    const list = await api("/api/companion/machines");
    return list[0]?.repositories.some(({ state }) => state === "synced") && list;
  });
  assert.equal(machines[0].developer, "lin");
  assert.match(await lin.open("/coordination/graph"), /Change 3/);
});

test("somebody else's claim reaches the hook", async () => {
  const mia = await server.run("token", "--email", "mia@example.com", "--workspace", "Core", "--agent", "codex");
  const granted = await api("/api/claims", { method: "POST", body: JSON.stringify({ repository: "https://github.com/acme/web", paths: ["src/auth/**"], reason: "passkeys" }) }, mia);
  assert.ok(granted.claims, JSON.stringify(granted));
  const edit = { session_id: "real-1", cwd: machine.path("web"), tool_name: "Edit", tool_input: { file_path: machine.path("web/src/auth/login.js") } };
  const warned = await until("the warning", async () => (await machine.hook("claude-code", "PreToolUse", edit)).out);
  assert.match(warned, /src\/auth\/\*?\*?.*|claimed by @mia/);
  assert.match(warned, /@mia/);
  await api("/api/companion/rule", { method: "PUT", body: JSON.stringify({ on_collision: "block" }) });
});

test("the bridge and the daily verbs speak to the real tools", async () => {
  const listed = await machine.runWith({ input: '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}\n{"jsonrpc":"2.0","method":"notifications/initialized"}\n{"jsonrpc":"2.0","id":2,"method":"tools/list"}\n' }, "mcp", "--agent", "codex");
  const tools = listed.out.trim().split("\n").map((line) => JSON.parse(line)).find(({ id }) => id === 2).result.tools.map(({ name }) => name);
  assert.ok(tools.includes("start_session"), tools.join());
  const planned = await machine.run("plan", "Introduce passkeys at sign-in", "--json");
  assert.equal(planned.code, 0, planned.out + planned.err);
  const key = JSON.parse(planned.out).task.key;
  assert.equal((await machine.run("log", "Half of it works", "--task", key)).code, 0);
  assert.match((await machine.runWith({ cwd: machine.path("web") }, "claims")).out, /src\/auth\/\*\*\s+@mia/);
  assert.match((await machine.run("sessions")).out, /@lin/);
  assert.match((await machine.run("status")).out, /workspace Core/);
  const refused = await machine.run("log", "Nothing", "--task", "NONE-99", "--json");
  assert.equal(refused.code, 6);
  assert.match(JSON.parse(refused.out).error, /^[a-z]+\.[a-z-]+$/);
});

test("exclude takes back what the machine told, and teammates see that something is private", async () => {
  const { code, err } = await machine.runWith({ cwd: machine.path("web") }, "exclude", "--purge");
  assert.equal(code, 0, err);
  assert.ok(!JSON.stringify(await api("/api/state")).includes("Change 3"));
  const sessions = await api("/api/sessions");
  assert.ok(sessions.items.length > 0);
  assert.ok(!JSON.stringify(sessions).includes("acme/web"), JSON.stringify(sessions));
  await until("the machine's list", async () => (await api("/api/companion/machines"))[0].private_repositories === 1);
});

test("undo leaves the agents' files as they were", async () => {
  assert.equal((await machine.run("setup", "--undo")).code, 0);
  assert.equal(machine.read(".claude/settings.json"), "{}\n");
  assert.equal(machine.read(".codex/config.toml"), 'model = "gpt-6"\n');
});
