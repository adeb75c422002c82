// The smoke suite that is run against native executables, here against the packaged server, so that it stays true; and what
// operators ask of a hosted server, asked of a real one in WorkOS mode.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { UNLIMITED, startSecondServer, startServer, stopServers } from "../browser/harness/servers.js";
import { WorkosFake } from "../browser/providers/workos.js";
import { tryDocs } from "./docs.js";
import { Front } from "./front.js";

const SUITE = fileURLToPath(new URL("smoke.js", import.meta.url));
const LAUNCHER = fileURLToPath(new URL("../../../covibe", import.meta.url));

const front = new Front();
const workos = new WorkosFake();
let server;
let token;
let spare;
let hosted;

async function run(program, words, environment) {
  const process = spawn(program, words, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [process.stdout, process.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const code = await new Promise((resolve) => process.on("close", resolve));
  return { code, said };
}

before(async () => {
  // By the class path that a start from the cache has; all other suites have Quarkus's own.
  server = await startServer({ ...UNLIMITED, COVIBE_START_CACHE: "untrained" });
  token = await server.run("token", "--email", "lin@example.com", "--workspace", "core", "--agent", "codex");
  spare = await server.run("token", "--email", "lin@example.com", "--workspace", "core");
});

after(async () => {
  front.stop();
  workos.stop();
  await stopServers();
});

test("a server in WorkOS mode behind TLS passes the canary and the readiness gate", async () => {
  await Promise.all([front.start(), workos.start()]);
  workos.redirects = [`${front.origin}/callback`];
  hosted = await startSecondServer(server, {
    COVIBE_AUTH: "workos",
    COVIBE_HOSTED_URL: front.origin,
    COVIBE_PROXY_HOPS: "1",
    WORKOS_CLIENT_ID: workos.clientId,
    WORKOS_API_KEY: workos.apiKey,
    WORKOS_API_URL: workos.origin,
    WORKOS_AUTHKIT_DOMAIN: "https://acme.authkit.app",
  });
  front.to = hosted.origin;
  const [canary, readiness] = await Promise.all([
    run(LAUNCHER, ["canary", "--rehearsal", front.origin], { ...hosted.environment, COVIBE_CANARY_TOKEN: token }),
    run(LAUNCHER, ["readiness", "hosted", "--rehearsal", front.origin], hosted.environment),
  ]);
  assert.equal(canary.code, 0, canary.said);
  assert.match(canary.said, /PASS hosted canary\n$/);
  assert.match(canary.said, /ok +sign-in.*goes to AuthKit and comes back to https:\/\/127\.0\.0\.1:\d+\/callback/);
  assert.match(canary.said, /ok +MCP with a token/);
  assert.equal(readiness.code, 0, readiness.said);
  assert.match(readiness.said, /PASS hosted readiness\n$/);
});

test("the canary fails where the load balancer loses a header, where the callback is another, and in local mode", async () => {
  front.loses = ["strict-transport-security"];
  const canary = (...words) => run(LAUNCHER, ["canary", "--rehearsal", ...words], hosted.environment);
  const [headers, local, without] = await Promise.all([
    canary(front.origin, "--public-origin", "https://co-vibe.example.com"),
    canary(server.origin),
    run(LAUNCHER, ["canary", front.origin], hosted.environment),
  ]);
  assert.equal(headers.code, 1, headers.said);
  assert.match(headers.said, /failure +security headers.*[Ss]trict-[Tt]ransport-[Ss]ecurity/);
  assert.match(headers.said, /failure +sign-in.*instead of https:\/\/co-vibe\.example\.com\/callback/);
  assert.equal(local.code, 1, local.said);
  assert.match(local.said, /failure +WorkOS mode.*local mode, which asks nobody for a password/);
  assert.equal(without.code, 2, "only a rehearsal may ask this machine");
});

test("local mode refuses to serve a public address, however it is started, and says what to do", { timeout: 60_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), "covibe-smoke-"));
  const [own, beside] = await Promise.all([
    // Its port is taken, so that a server which does not refuse ends as well.
    run(LAUNCHER, ["up"], { ...server.environment, COVIBE_DATA: data, COVIBE_HOSTED_URL: "https://co-vibe.example.com" }),
    run(LAUNCHER, ["serve"], { ...hosted.environment, COVIBE_AUTH: "local" }),
  ]);
  for (const { code, said } of [own, beside]) {
    assert.equal(code, 1, said);
    assert.match(said, /refuses to serve https:\S+: set COVIBE_AUTH=workos, or unset COVIBE_HOSTED_URL\.\n$/);
  }
  assert.equal(existsSync(join(data, "postgres")), false, "a database was made for a server that refuses");
  await rm(data, { recursive: true, force: true });
});

test("every command in the documentation works, is run by another test, or is marked as needing what no test has", async () => {
  const kept = async (name) => (await readFile(join(server.data, name), "utf8")).trim();
  const post = (path, type, body) =>
    fetch(server.origin + path, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": type }, body });
  // The work that the pages speak of.
  assert.equal((await post("/api/projects", "application/json", JSON.stringify({ key: "WEB", name: "Web shop", repositories: [] }))).status, 201);
  const titles = Array.from({ length: 31 }, (_, index) => JSON.stringify({ title: `Sound the depth at pier ${index + 1}` })).join("\n");
  assert.equal((await post("/api/tasks/import?project=WEB", "application/x-ndjson", titles)).status, 200);
  front.loses = [];
  const { failures, counts } = await tryDocs({
    origin: server.origin,
    front: front.origin,
    token,
    spare,
    launcher: LAUNCHER,
    environment: server.environment,
    database: {
      place: `127.0.0.1:${(await kept("postgres/postmaster.pid")).split("\n")[3].trim()}`,
      owner: await kept("postgres-password"),
      runtime: await kept("runtime-password"),
    },
  });
  assert.deepEqual(failures, []);
  assert.ok(counts.here >= 15 && counts.marked >= 4, JSON.stringify(counts));
});

test("everything works once", async () => {
  const { code, said } = await run(process.execPath, [SUITE, server.origin], {
    ...server.environment, TOKEN: token, COMMAND: LAUNCHER, DEMO: "Parcels",
  });
  assert.equal(code, 0, said);
  assert.match(said, /PASS smoke: \d{2,} checks/);
});
